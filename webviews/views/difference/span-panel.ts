import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { charactersOf } from '../../../src/comparison/differences-at';
import { visibleText } from '../../../src/display/glyphs';
import { formatBits, formatCount, formatNatsChange } from '../../../src/display/numbers';
import { bitsOf } from '../../../src/display/scales';
import { base } from '../../kit/styles';
import { t } from '../../l10n';
import { StoreElement } from '../../store/store-element';
import type { Compared } from './compared';

/** A part of the text that both vocabularies cut off at the same characters, under both models. */
@customElement('vt-span-panel')
export class SpanPanelElement extends StoreElement {
  @property({ attribute: false }) accessor compared!: Compared;
  @property({ attribute: false }) accessor position: number | undefined;

  static override styles = [
    base,
    css`
      .at { padding: 0 4px; border: 1px solid var(--accent); }
      table { border-collapse: collapse; }
      th { font-weight: 400; color: var(--dim); text-align: start; }
      th[scope='col'], td { text-align: end; }
      th, td { padding: 2px 0 2px 16px; border-bottom: 1px solid color-mix(in srgb, currentcolor 12%, transparent); }
      th:first-child { padding-left: 0; }
    `,
  ];

  override render(): TemplateResult | typeof nothing {
    const { compared, position } = this;
    const index = compared.indexOf(position);
    const span = index === undefined ? undefined : compared.text.spans[index];
    if (!span) return nothing;
    const characters = charactersOf(compared.text.text, span);
    const row = (letter: string, tokens: number, logprob: number) => html`<tr>
      <th scope="row">${letter}</th><td>${formatCount(tokens)}</td>
      <td title=${bitsOf(logprob)}>${formatBits(bitsOf(logprob))}</td>
      <td title=${bitsOf(logprob) / characters}>${formatBits(bitsOf(logprob) / characters)}</td>
    </tr>`;
    return html`<h2>${t('What both make of')} <span class="at mono one-line">${visibleText(compared.text.text.slice(span.start, span.end))}</span></h2>
      <table class="number">
        <thead><tr><td></td><th scope="col">${t('tokens')}</th><th scope="col">${t('bits')}</th><th scope="col">${t('bits a character')}</th></tr></thead>
        <tbody>${row('A', span.tokensA, span.logprobA)}${row('B', span.tokensB, span.logprobB)}</tbody>
      </table>
      <p class="number">ln(p<sub>B</sub> ÷ p<sub>A</sub>) = ${formatNatsChange(span.logprobB - span.logprobA)}</p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-span-panel': SpanPanelElement;
  }
}
