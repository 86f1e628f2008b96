import { html, type TemplateResult } from 'lit';
import type { ViewName } from '../../src/shared/inspector-api';
import { t } from '../l10n';
import type { InspectorStore } from '../store/store';
import './attention/attention-view';
import './compare/compare-view';
import './continue/continue-view';
import './layers/layers-view';
import './numbers/numbers-view';
import './probabilities/probabilities-view';
import './tokens/tokens-view';

export interface View {
  name: ViewName;
  title: () => string;
  render: (store: InspectorStore) => TemplateResult;
}

/** The views, in the order of their tabs. */
export const VIEW_LIST: readonly View[] = [
  {
    name: 'tokens',
    title: () => t('Tokens'),
    render: (store) => html`<vt-tokens-view .store=${store}></vt-tokens-view>`,
  },
  {
    name: 'numbers',
    title: () => t('Numbers'),
    render: (store) => html`<vt-numbers-view .store=${store}></vt-numbers-view>`,
  },
  {
    name: 'probabilities',
    title: () => t('Probabilities'),
    render: (store) => html`<vt-probabilities-view .store=${store}></vt-probabilities-view>`,
  },
  {
    name: 'attention',
    title: () => t('Attention'),
    render: (store) => html`<vt-attention-view .store=${store}></vt-attention-view>`,
  },
  {
    name: 'layers',
    title: () => t('Layers'),
    render: (store) => html`<vt-layers-view .store=${store}></vt-layers-view>`,
  },
  {
    name: 'continue',
    title: () => t('Continue'),
    render: (store) => html`<vt-continue-view .store=${store}></vt-continue-view>`,
  },
  {
    name: 'compare',
    title: () => t('Compare'),
    render: (store) => html`<vt-compare-view .store=${store}></vt-compare-view>`,
  },
];
