import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { spansOf, wordsOf } from '../../../src/shared/words';
import { tokenCount } from '../../kit/count-text';
import { OneStop } from '../../kit/one-stop';
import { base } from '../../kit/styles';
import { t } from '../../l10n';
import type { VocabularyText } from './vocabulary-text';

const SHOWN = 12;

interface WordCost {
  word: string;
  tokens: number;
  /** How often the word occurs. */
  times: number;
  /** A token of its first occurrence. */
  firstToken: number;
}

/** The words that take most tokens for their length, the costliest first; words of one token cost nothing. */
function costlyWords(text: string, { starts, ends }: VocabularyText): WordCost[] {
  const costs = new Map<string, WordCost>();
  for (const { start, end, first, last } of wordsOf(text, spansOf(starts, ends))) {
    const word = text.slice(start, end);
    const known = costs.get(word);
    if (known) known.times++;
    else costs.set(word, { word, tokens: last - first + 1, times: 1, firstToken: first });
  }
  const share = ({ word, tokens }: WordCost) => (tokens - 1) / [...word].length;
  return [...costs.values()].filter(({ tokens }) => tokens > 1).sort((a, b) => share(b) - share(a));
}

/** The words that take most tokens for their length. Event: `token-select` with the first token of a word. */
@customElement('vt-costly-words')
export class CostlyWordsElement extends LitElement {
  @property() accessor text = '';
  @property({ attribute: false }) accessor read!: VocabularyText;
  readonly #stops = new OneStop(this);

  static override styles = [
    base,
    css`
      ol { list-style: none; margin: 0; padding: 0; }
      button {
        display: grid;
        grid-template-columns: 1fr max-content;
        gap: 12px;
        width: 100%;
        padding: 2px 4px;
        font: inherit;
        color: inherit;
        text-align: start;
        background: none;
        border: 0;
        cursor: pointer;
      }
      button:hover { background: var(--vscode-list-hoverBackground); }
      .chips { font-family: var(--mono); overflow-wrap: anywhere; white-space: pre-wrap; }
      .chips span:nth-child(odd) { background: color-mix(in srgb, currentcolor 10%, transparent); }
      .chips span:nth-child(even) { background: color-mix(in srgb, currentcolor 20%, transparent); }
    `,
  ];

  override render(): TemplateResult {
    const words = costlyWords(this.text, this.read).slice(0, SHOWN);
    return html`
      <h2>${t('Costly words')}<small>${t('most tokens for their length')}</small></h2>
      ${
        words.length > 0
          ? html`<div
              role="toolbar"
              aria-orientation="vertical"
              aria-label=${t('Costly words')}
              @focusin=${this.#stops.focused}
              @keydown=${this.#stops.keyPressed}
            ><ol>${words.map((word) => html`<li>${this.#word(word)}</li>`)}</ol></div>`
          : html`<p class="dim">${t('Every word is one token.')}</p>`
      }
    `;
  }

  #word({ tokens, times, firstToken }: WordCost): TemplateResult {
    const select = () =>
      this.dispatchEvent(new CustomEvent('token-select', { detail: firstToken, bubbles: true, composed: true }));
    const pieces = this.read.tokens.slice(firstToken, firstToken + tokens);
    return html`<button @click=${select}>
      <span class="chips">${pieces.map(({ text, sharesCharacter }) => html`<span>${sharesCharacter ? '▪' : text.trim()}</span>`)}</span>
      <span class="dim number">${tokenCount(tokens)}${times > 1 ? ` · ${times}×` : ''}</span>
    </button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-costly-words': CostlyWordsElement;
  }
}
