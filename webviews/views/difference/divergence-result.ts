import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { ENOUGH_TOKENS } from '../../../src/comparison/divergence-statistics';
import { formatCount } from '../../../src/display/numbers';
import type { DivergenceStatistics } from '../../../src/shared/difference-api';
import { base } from '../../kit/styles';
import { t } from '../../l10n';
import { StoreElement } from '../../store/store-element';
import './divergence-table';
import './percentile-picture';

/** Statistics as a table, with pictures of how KL and changes of probability are spread. */
@customElement('vt-divergence-result')
export class DivergenceResultElement extends StoreElement {
  @property({ attribute: false }) accessor statistics!: DivergenceStatistics;

  static override styles = [
    base,
    css`
      :host { display: grid; gap: 16px 40px; grid-template-columns: repeat(auto-fit, minmax(min(100%, 340px), 1fr)); align-items: start; }
      :host > * { min-width: 0; }
      p { grid-column: 1 / -1; }
      .pictures { display: grid; gap: 24px; min-width: 0; }
    `,
  ];

  override render(): TemplateResult {
    const { statistics, store } = this;
    const fill = store.theme.greyMark(1);
    return html`${statistics.tokens < ENOUGH_TOKENS ? html`<p>${fewTokens(statistics.tokens)}</p>` : nothing}
      <vt-divergence-table .statistics=${statistics}></vt-divergence-table>
      <div class="pictures">
        ${Number.isNaN(statistics.kl.maximum) ? nothing : html`<vt-percentile-picture label=${t('KL(A‖B), nats')} .values=${statistics.kl} .fill=${fill} unit="nats"></vt-percentile-picture>`}
        <vt-percentile-picture label=${t('Δp, percentage points')} .values=${statistics.probabilityChange} .fill=${fill} unit="share"></vt-percentile-picture>
      </div>`;
  }
}

function fewTokens(count: number): string {
  return t(
    'Tokens counted: {0}. So few say little of a model; llama.cpp gives no statistics of fewer than {1}.',
    formatCount(count),
    formatCount(ENOUGH_TOKENS),
  );
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-divergence-result': DivergenceResultElement;
  }
}
