import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { DigitToken, SumPicture } from '../../../src/shared/inspector-api';
import { base } from '../../kit/styles';
import { t } from '../../l10n';

/** A sum written in columns as at school: digits that share a token share a tint, and carries that leave a token are marked. */
@customElement('vt-sum-columns')
export class SumColumnsElement extends LitElement {
  @property() accessor label = '';
  @property({ attribute: false }) accessor picture!: SumPicture;

  static override styles = [
    base,
    css`
      :host { min-width: 0; }
      table { border-collapse: separate; border-spacing: 0 2px; font-family: var(--mono); font-size: 1.2em; }
      td, th { min-width: 1.4em; padding: 0 4px; text-align: center; font-weight: 400; }
      .odd { background: color-mix(in srgb, currentcolor 11%, transparent); }
      .even { background: color-mix(in srgb, currentcolor 22%, transparent); }
      .begins { border-left: 2px solid var(--vscode-editor-background); }
      .carry { font-size: 0.75em; color: var(--dim); }
      .crossing { font-weight: 700; color: var(--vscode-editor-foreground); }
      .result td, .result th { border-top: 1px solid currentcolor; }
      p { margin-top: 4px; }
    `,
  ];

  override render(): TemplateResult {
    return html`<h2>${this.label}</h2>
      ${this.#table(this.picture)}<p>${this.picture.sentence}</p>`;
  }

  #table({ sign, operands, carries, crossings }: SumPicture): TemplateResult {
    const width = Math.max(...operands.map(({ digits }) => digits.length));
    const places = Array.from({ length: width }, (_, i) => width - 1 - i);
    const signs = [undefined, sign === '+' ? '+' : '−', '='];
    // A carry is written above the place that it goes to.
    const carry = (place: number) => (carries.includes(place - 1) ? (crossings.includes(place - 1) ? '⤺1' : '1') : '');
    const carryTitle = (place: number) => (crossings.includes(place - 1) ? t('this carry leaves its token') : '');
    return html`<table>
      <tr class="carry">
        ${carries.length > 0 ? html`<th scope="row">${t('carry')}</th>` : html`<td></td>`}
        ${places.map((place) => html`<td class=${crossings.includes(place - 1) ? 'crossing' : ''} title=${carryTitle(place)}>${carry(place)}</td>`)}
      </tr>
      ${operands.map(
        ({ digits, tokens }, row) => html`<tr class=${row === 2 ? 'result' : ''}>
          ${signs[row] ? html`<th scope="row">${signs[row]}</th>` : html`<td></td>`}
          ${places.map((place) => digitCell(digits, tokens, digits.length - 1 - place))}
        </tr>`,
      )}
    </table>`;
  }
}

function digitCell(digits: string, tokens: readonly DigitToken[], at: number): TemplateResult {
  const index = tokens.findIndex(({ start, end }) => start <= at && at < end);
  const token = tokens[index];
  if (!token) return html`<td></td>`;
  return html`<td
    class="${index % 2 === 0 ? 'odd' : 'even'} ${token.start === at ? 'begins' : ''}"
    title=${t('token {0}', token.id)}
  >${digits[at]}</td>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-sum-columns': SumColumnsElement;
  }
}
