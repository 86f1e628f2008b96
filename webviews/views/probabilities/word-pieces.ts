import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatDecimal, formatLogprobShort, formatNats } from '../../../src/display/numbers';
import { base } from '../../kit/styles';
import { t } from '../../l10n';
import { lossTitle } from './word-loss';
import type { WordPlace } from './word-place';

/** A word of several tokens: the loss of each piece and of the whole word, in the unit of a typed word's below. Event: `token-select` with a piece's position. */
@customElement('vt-word-pieces')
export class WordPiecesElement extends LitElement {
  @property({ attribute: false }) accessor word!: WordPlace;
  @property({ attribute: false }) accessor selected: number | undefined;

  static override styles = [
    base,
    css`
      :host { margin-bottom: 8px; }
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
    return html`<div>${t('A piece of the word')} ${name}. ${t('The losses of its pieces add up:')}</div>
      <ol class="number" aria-label=${t('The loss of each piece of the word, in nats')}>
        ${pieces.map((piece, i) => html`<li>${i > 0 ? '+' : ''}${this.#piece(piece)}</li>`)}
        <li>= ${this.#sum(logprob)}</li>
      </ol>`;
  }

  #piece({ position, label, logprob }: WordPlace['pieces'][number]): TemplateResult {
    const select = () =>
      this.dispatchEvent(new CustomEvent('token-select', { detail: position, bubbles: true, composed: true }));
    const isKnown = !Number.isNaN(logprob);
    return html`<button
      aria-current=${position === this.selected}
      title=${isKnown ? lossTitle(logprob) : nothing}
      @click=${select}
    >
      <span class="mono">${label}</span><span class="dim">${isKnown ? formatDecimal(-logprob) : '—'}</span>
    </button>`;
  }

  #sum(logprob: number): TemplateResult {
    if (Number.isNaN(logprob)) return html`<span>${t('not known: nothing predicts its first piece')}</span>`;
    return html`<strong title=${lossTitle(logprob)}>${formatNats(-logprob)}</strong>
      <span class="dim">${t('the whole word: {0}', formatLogprobShort(logprob))}</span>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-word-pieces': WordPiecesElement;
  }
}
