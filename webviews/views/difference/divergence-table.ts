import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { DivergenceStatistics } from '../../../src/shared/difference-api';
import { base } from '../../kit/styles';
import '../../kit/term';
import { t } from '../../l10n';
import { divergenceRows } from './divergence-rows';

/** llama.cpp's block: its names, each explained, and the numbers with their standard errors. */
@customElement('vt-divergence-table')
export class DivergenceTableElement extends LitElement {
  @property({ attribute: false }) accessor statistics!: DivergenceStatistics;

  static override styles = [
    base,
    css`
      table { width: 100%; border-collapse: collapse; }
      th { font-weight: 400; text-align: start; }
      .group th { padding-top: 12px; font-weight: 600; }
      tr:first-child.group th { padding-top: 0; }
      td { text-align: end; white-space: nowrap; }
      th, td { padding: 1px 0; border-bottom: 1px solid color-mix(in srgb, currentcolor 10%, transparent); }
    `,
  ];

  override render(): TemplateResult {
    const rows = divergenceRows(this.statistics);
    return html`<table class="number">
      <caption hidden>${t('Statistics as llama.cpp has them')}</caption>
      <tbody>${rows.map(
        ({ group, name, term, value, error, text }, i) =>
          html`${
            rows[i - 1]?.group === group
              ? nothing
              : html`<tr class="group"><th scope="colgroup" colspan="2">${group}</th></tr>`
          }<tr><th scope="row"><vt-term name=${term}>${name}</vt-term></th><td title=${error === undefined ? value : `${value} ± ${error}`}>${text}</td></tr>`,
      )}</tbody>
    </table>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-divergence-table': DivergenceTableElement;
  }
}
