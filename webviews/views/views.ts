import { html, type TemplateResult } from 'lit';
import { VIEWS as VIEW_NAMES, type ViewName } from '../../src/shared/inspector-api';
import { VIEW_NEEDS } from '../../src/shared/needed-capabilities';
import { absenceText } from '../kit/absence';
import { t } from '../l10n';
import type { ViewStore } from '../store/view-store';
import './absent-view';
import './anatomy/anatomy-view';
import './attention/attention-view';
import './compare/compare-view';
import './continue/continuation-view';
import './continue/continue-view';
import './difference/difference-view';
import './layers/layers-view';
import './numbers/numbers-view';
import './probabilities/probabilities-view';
import './tokens/tokens-view';
import './why/why-view';
import type { GroupName } from './view-groups';

interface View {
  title: () => string;
  render: (store: ViewStore) => TemplateResult;
}

/** Every view; how they are grouped is in `view-groups.ts`. */
export const VIEWS: Readonly<Record<ViewName, View>> = {
  tokens: {
    title: () => t('Tokens'),
    render: (store) => html`<vt-tokens-view .store=${store}></vt-tokens-view>`,
  },
  numbers: {
    title: () => t('Numbers'),
    render: (store) => html`<vt-numbers-view .store=${store}></vt-numbers-view>`,
  },
  probabilities: {
    title: () => t('Probabilities'),
    render: (store) => html`<vt-probabilities-view .store=${store}></vt-probabilities-view>`,
  },
  continue: {
    title: () => t('Continue'),
    render: (store) =>
      store.state.model?.capabilities.hasDistributions === false
        ? html`<vt-continuation-view .store=${store}></vt-continuation-view>`
        : html`<vt-continue-view .store=${store}></vt-continue-view>`,
  },
  attention: {
    title: () => t('Attention'),
    render: (store) => html`<vt-attention-view .store=${store}></vt-attention-view>`,
  },
  layers: {
    title: () => t('Layers'),
    render: (store) => html`<vt-layers-view .store=${store}></vt-layers-view>`,
  },
  why: {
    title: () => t('Why'),
    render: (store) => html`<vt-why-view .store=${store}></vt-why-view>`,
  },
  compare: {
    title: () => t('Texts'),
    render: (store) => html`<vt-compare-view .store=${store}></vt-compare-view>`,
  },
  difference: {
    title: () => t('Models'),
    render: (store) => html`<vt-difference-view .store=${store}></vt-difference-view>`,
  },
  anatomy: {
    title: () => t('Anatomy'),
    render: (store) => html`<vt-anatomy-view .store=${store}></vt-anatomy-view>`,
  },
};

export const GROUP_TITLES: Readonly<Record<GroupName, () => string>> = {
  text: () => t('Text'),
  prediction: () => t('Prediction'),
  inside: () => t('Inside'),
  compare: () => t('Compare'),
  model: () => t('Model'),
};

/** What a view shows: what the model in use gives, or that it does not give it. */
export function renderView(store: ViewStore): TemplateResult {
  const { model, view } = store.state;
  const absenceOf = (name: ViewName) => {
    const needed = VIEW_NEEDS[name];
    return needed && absenceText(model, needed);
  };
  const text = absenceOf(view);
  if (text === undefined) return VIEWS[view].render(store);
  const others = VIEW_NAMES.filter((other) => absenceOf(other) === undefined);
  return html`<vt-absent-view
    .store=${store}
    .text=${text}
    .others=${others.map((other) => ({ view: other, title: VIEWS[other].title() }))}
  ></vt-absent-view>`;
}
