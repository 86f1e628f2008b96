import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatSi } from '../../../../src/display/format-si';
import { formatDecimal, spokenDigits } from '../../../../src/display/numbers';
import { base } from '../../../kit/styles';
import '../../../kit/term';
import { t } from '../../../l10n';
import { type PaperAnswer, papersOn, type Training, tokensText } from './training';

/** What each paper says of a training, in a column of its own. */
@customElement('vt-paper-table')
export class PaperTableElement extends LitElement {
  @property({ attribute: false }) accessor training!: Training;

  static override styles = [
    base,
    css`
      :host { display: block; container-type: inline-size; }
      table { border-collapse: collapse; }
      th, td { padding: 4px 16px 4px 0; font-weight: 400; text-align: start; vertical-align: top; }
      thead th { font-weight: 600; }
      tbody th { color: var(--dim); }
      small { display: block; font-size: inherit; color: var(--dim); }
      @container (max-width: 480px) {
        thead { clip-path: inset(50%); position: absolute; }
        tr, tbody th, td { display: block; }
        tbody th { padding-top: 12px; font-weight: 600; color: inherit; }
        td::before { content: attr(data-paper); display: block; color: var(--dim); }
        small { display: inline; margin-inline-start: 8px; }
      }
    `,
  ];

  override render(): TemplateResult {
    const papers = papersOn(this.training);
    const row = (name: TemplateResult | string, cell: (paper: PaperAnswer) => TemplateResult | string) =>
      html`<tr><th scope="row">${name}</th>${papers.map((paper) => html`<td data-paper=${paper.name}>${cell(paper)}</td>`)}</tr>`;
    return html`<table class="number">
      <caption class="unseen">${t('What three papers say of this training')}</caption>
      <thead><tr><td></td>${papers.map(({ name }) => html`<th scope="col">${name}</th>`)}</tr></thead>
      <tbody>
        ${row(t('best tokens for this size'), ({ tokens }) => this.#tokens(tokens))}
        ${row(html`<vt-term name="fittedLoss">${t('loss that it expects')}</vt-term>`, ({ loss }) => t('{0} nats a token', spokenDigits(loss.toFixed(2))))}
        ${row(
          t('best use of the same computation'),
          ({ optimum }) =>
            html`${t('{0} weights', formatSi(optimum.parameters))}<small>${tokensText(optimum.tokens)}</small>`,
        )}
      </tbody>
    </table>`;
  }

  #tokens(tokens: number): TemplateResult {
    const perWeight = formatDecimal(tokens / this.training.parameters);
    return html`${formatSi(tokens)}<small>${t('{0} a weight', perWeight)}</small>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-paper-table': PaperTableElement;
  }
}
