import { html, nothing, type TemplateResult } from 'lit';
import type { ComparisonState } from '../../../src/shared/inspector-api';
import '../../kit/language-notice';
import { t } from '../../l10n';
import type { ViewStore } from '../../store/view-store';
import './divergence-page';
import './difference-text';
import type { Compared } from './compared';
import './rewards/rewards-view';

interface Mode {
  name: string;
  title: () => string;
  /** Of what is drawn; it may have `tables()`, as a view has. */
  element: string;
  /** @param compared undefined until both models have read the text */
  render: (
    store: ViewStore,
    comparison: ComparisonState,
    compared: Compared | undefined,
  ) => TemplateResult | typeof nothing;
}

/** What can be looked at of two models. */
export const MODES: readonly [Mode, ...Mode[]] = [
  {
    name: 'text',
    title: () => t('Text'),
    element: 'vt-difference-text',
    render: (store, comparison, compared) =>
      compared
        ? html`<vt-language-notice .store=${store}></vt-language-notice>
          <vt-difference-text .store=${store} .comparison=${comparison} .compared=${compared}></vt-difference-text>`
        : nothing,
  },
  {
    name: 'statistics',
    title: () => t('Statistics'),
    element: 'vt-divergence-page',
    render: (store, comparison) =>
      html`<vt-divergence-page .store=${store} .comparison=${comparison}></vt-divergence-page>`,
  },
  {
    name: 'rewards',
    title: () => t('From loss to reward'),
    element: 'vt-rewards',
    render: (store) => html`<vt-rewards .store=${store}></vt-rewards>`,
  },
];
