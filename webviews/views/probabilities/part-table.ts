import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { type ColourScale, cssColour } from '../../../src/display/colour-scale';
import { formatBits, formatBitsAlone, formatCount } from '../../../src/display/numbers';
import { surprisalShare } from '../../../src/display/scales';
import { OneStop } from '../../kit/one-stop';
import { styled } from '../../kit/styled';
import { base } from '../../kit/styles';
import { t } from '../../l10n';

/** A part of the text and what its tokens come to. */
export interface PartRow {
  name: string;
  note: string;
  depth: number;
  tokens: number;
  /** Of all its tokens together. */
  bits: number;
  /** A token, on average; NaN where nothing is predicted. */
  mean: number;
  /** Its most surprising token. */
  position: number | undefined;
}

type Column = 'order' | 'tokens' | 'bits' | 'mean';

/** Parts of a text with their sums, sorted by what is chosen. Event: `token-select` with a row's most surprising token. */
@customElement('vt-part-table')
export class PartTableElement extends LitElement {
  @property({ attribute: false }) accessor rows: readonly PartRow[] = [];
  /** Of surprisal. */
  @property({ attribute: false }) accessor scale!: ColourScale;
  @property() accessor label = '';
  @state() private accessor sorted: Column = 'order';
  readonly #stops = new OneStop(this, 'tbody button:not(:disabled)');

  static override styles = [
    base,
    css`
      :host { max-height: 360px; overflow: auto; }
      table { width: 100%; border-collapse: collapse; }
      th { position: sticky; top: 0; font-weight: 400; text-align: end; background: var(--vscode-editor-background); }
      th:first-child, td:first-child { text-align: start; width: 100%; max-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
      th, td { padding: 2px 0 2px 16px; white-space: nowrap; text-align: end; }
      th:first-child, td:first-child { padding-left: 0; }
      tr:hover td { background: var(--vscode-list-hoverBackground); }
      button { font: inherit; color: inherit; background: none; border: 0; padding: 0; cursor: pointer; text-align: start; }
      th button { color: var(--dim); }
      td button { max-width: 100%; overflow: hidden; text-overflow: ellipsis; white-space: pre; }
      .note { display: inline-block; min-width: 3ch; text-align: end; }
      .mean { display: grid; grid-template-columns: minmax(24px, 96px) 5ch; gap: 8px; align-items: center; justify-content: end; }
      .mean i { height: 10px; min-width: 1px; justify-self: start; }
    `,
  ];

  override render(): TemplateResult {
    const rows = [...this.rows];
    const { sorted } = this;
    if (sorted !== 'order') rows.sort((one, other) => (other[sorted] || 0) - (one[sorted] || 0));
    return html`<table>
      <caption hidden>${this.label}</caption>
      <thead>
        <tr>
          ${this.#header('order', this.label)}${this.#header('tokens', t('tokens'))}
          ${this.#header('bits', t('bits'))}${this.#header('mean', t('bits a token'))}
        </tr>
      </thead>
      <tbody @focusin=${this.#stops.focused} @keydown=${this.#stops.keyPressed}>
        ${rows.map((row) => this.#row(row))}
      </tbody>
    </table>`;
  }

  #header(column: Column, label: string): TemplateResult {
    const isSorted = column === this.sorted;
    const direction = column === 'order' ? 'ascending' : 'descending';
    const sort = () => {
      this.sorted = column;
    };
    return html`<th scope="col" aria-sort=${isSorted ? direction : 'none'}>
      <button @click=${sort}>${label}${isSorted ? (column === 'order' ? ' ▴' : ' ▾') : ''}</button>
    </th>`;
  }

  #row({ name, note, depth, tokens, bits, mean, position }: PartRow): TemplateResult {
    const select = () =>
      this.dispatchEvent(new CustomEvent('token-select', { detail: position, bubbles: true, composed: true }));
    const colour = cssColour(this.scale(0.25 + 0.75 * surprisalShare(mean)));
    const width = `${100 * surprisalShare(mean)}%`;
    return html`<tr>
      <td>
        <button ?disabled=${position === undefined} title=${t('Go to its most surprising token')} @click=${select}
          ><span class="note dim number">${note}</span> <span class="mono">${' '.repeat(2 * depth)}${name}</span></button>
      </td>
      <td class="number">${formatCount(tokens)}</td>
      <td class="number" title=${bits}>${formatBitsAlone(bits)}</td>
      <td class="number" title=${Number.isNaN(mean) ? t('no prediction') : formatBits(mean)}>
        ${Number.isNaN(mean) ? '—' : html`<span class="mean"><i ${styled({ width, 'background-color': colour })}></i><span>${formatBitsAlone(mean)}</span></span>`}
      </td>
    </tr>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-part-table': PartTableElement;
  }
}
