import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatBits, formatBitsAlone, formatLogprob } from '../../../src/shared/numbers';
import { bitsOf } from '../../../src/shared/scales';
import { base } from '../../kit/styles';
import '../../kit/term';
import { t } from '../../l10n';
import type { WordPlace } from './word-place';

/** A word of several tokens: what each piece costs, and what the word costs as a whole. Event: `token-select` with a piece's position. */
@customElement('vt-word-pieces')
export class WordPiecesElement extends LitElement {
  @property({ attribute: false }) accessor word!: WordPlace;
  @property({ attribute: false }) accessor selected: number | undefined;

  static override styles = [
    base,
    css`
      :host { display: block; margin-bottom: 8px; }
      ol { display: flex; flex-wrap: wrap; align-items: stretch; gap: 4px; list-style: none; margin: 4px 0; padding: 0; }
      li { display: flex; align-items: center; gap: 4px; }
      button { display: grid; padding: 0 6px; font: inherit; color: inherit; text-align: start; background: none; border: 1px solid var(--line); cursor: pointer; }
      button:hover { background: var(--vscode-list-hoverBackground); }
      [aria-current='true'] { outline: 2px solid var(--accent); }
      button .mono { white-space: pre; }
      strong { white-space: nowrap; }
    `,
  ];

  override render(): TemplateResult {
    const { label, pieces, logprob } = this.word;
    const name = html`<span class="mono one-line">${label}</span>`;
    return html`<div>${t('A piece of the word')} ${name}, ${t('whose pieces add up')}:</div>
      <ol class="number" aria-label=${t('The pieces of the word, in bits')}>
        ${pieces.map((piece, i) => html`<li>${i > 0 ? '+' : ''}${this.#piece(piece)}</li>`)}
        <li>= ${this.#sum(logprob)}</li>
      </ol>`;
  }

  #piece({ position, label, logprob }: WordPlace['pieces'][number]): TemplateResult {
    const select = () =>
      this.dispatchEvent(new CustomEvent('token-select', { detail: position, bubbles: true, composed: true }));
    const bits = Number.isNaN(logprob) ? '—' : formatBitsAlone(bitsOf(logprob));
    return html`<button aria-current=${position === this.selected} @click=${select}>
      <span class="mono">${label}</span><span class="dim">${bits}</span>
    </button>`;
  }

  #sum(logprob: number): TemplateResult {
    if (Number.isNaN(logprob)) return html`<span>${t('not known: nothing predicts its first piece')}</span>`;
    const bits = bitsOf(logprob);
    return html`<strong title=${bits}>${formatBits(bits)}</strong>
      <span class="dim">${t('the whole word: {0}', formatLogprob(logprob))}</span>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-word-pieces': WordPiecesElement;
  }
}
