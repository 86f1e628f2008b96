import { Task } from '@lit/task';
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import '../../kit/checkbox';
import { formatNats, formatRatio } from '../../../src/display/numbers';
import { base } from '../../kit/styles';
import { textField } from '../../kit/toolkit';
import { t } from '../../l10n';
import { StoreElement } from '../../store/store-element';
import { lossTitle, type ReadPlace, type WordLoss, wordLoss } from './word-loss';
import type { WordPlace } from './word-place';
import { type LossWord, lossWorking, wordThere } from './working-loss';

/** What is typed is scored when it rests for so long. */
const REST_MS = 250;

/** The loss of any word at a place, token by token, beside that of the whole word that stands there. */
@customElement('vt-typed-word')
export class TypedWordElement extends StoreElement {
  @property({ attribute: false }) accessor at!: ReadPlace;
  @property({ attribute: false }) accessor there!: WordPlace;
  @state() private accessor word = '';
  /** Whether a space goes before it; as the word that stands there has it, until it is said. */
  @state() private accessor spaced: boolean | undefined;
  #rest: ReturnType<typeof setTimeout> | undefined;

  static override styles = [
    base,
    css`
      .field { display: flex; flex-wrap: wrap; align-items: end; gap: 4px 16px; }
      .text-field { flex: 1 1 140px; min-width: 0; }
      .text-field::part(label) { white-space: nowrap; font-weight: 600; }
      ol { display: flex; flex-wrap: wrap; gap: 4px; list-style: none; margin: 8px 0; padding: 0; }
      li { display: grid; padding: 0 6px; border: 1px solid var(--line); }
      li span:first-child { font-family: var(--mono); white-space: pre; }
      li .number { color: var(--dim); }
    `,
  ];

  #loss = new Task(this, {
    args: () => [this.word, this.#isSpaced, this.at.trace, this.at.position] as const,
    task: async ([word, isSpaced], { signal }) => {
      if (word === '') return undefined;
      const task = this.store.newTask(signal);
      return { word, ...(await wordLoss(this.store, this.at, { word, isSpaced, task })) };
    },
  });

  get #isSpaced(): boolean {
    return this.spaced ?? this.there.isSpaced;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#rest);
  }

  override render(): TemplateResult {
    return html`<div class="field">
        ${textField({ label: t('Loss of another word here'), placeholder: t('a word, or several'), typed: this.#typed })}
        <vt-checkbox
          .checked=${this.#isSpaced}
          @change=${({ detail }: CustomEvent<boolean>) => {
            this.spaced = detail;
          }}
          >${t('a space before it')}</vt-checkbox
        >
      </div>
      <p class="dim number" title=${lossTitle(this.there.logprob)}>${t('in place of “{0}”, whose loss is {1}', this.there.label, formatNats(-this.there.logprob))}</p>
      <div aria-live="polite">${this.word === '' ? nothing : this.#result()}</div>
      ${lossWorking(this.store, () => this.#lossWords())}`;
  }

  /** The word that stands there, and the one that is typed once it is scored. */
  #lossWords(): LossWord[] {
    const loss = this.word === '' ? undefined : this.#loss.value;
    const there = wordThere(this.there);
    if (!loss) return [there];
    // Spaces alone are shown as what they are.
    const label = loss.word.trim() === '' ? loss.tokens.map((token) => token.label).join('') : loss.word;
    return [there, { label, pieces: loss.tokens, logprob: loss.logprob, isThere: false }];
  }

  #result(): unknown {
    return this.#loss.render({
      pending: () => html`<p class="dim">${t('Computing …')}</p>`,
      complete: (loss) => (loss ? this.#answer(loss) : nothing),
      error: (error) => html`<p>${(error as Error).message}</p>`,
    });
  }

  #answer({ tokens, logprob, isCut }: WordLoss): TemplateResult {
    const sum = tokens.length > 1 ? t('{0} tokens, together {1}', tokens.length, formatNats(-logprob)) : '';
    return html`<ol>
        ${tokens.map(
          (token) =>
            html`<li><span>${token.label}</span><span class="number" title=${lossTitle(token.logprob)}>${formatNats(-token.logprob)}</span></li>`,
        )}
      </ol>
      <p class="number" title=${lossTitle(logprob)}>${sum}</p>
      <p>
        ${this.#comparison(tokens, logprob)}
        ${tokens.length > 1 ? t('Each of its tokens is given the ones before.') : ''}
        ${isCut ? t('Some of its characters are not in the vocabulary and are left out.') : ''}
      </p>`;
  }

  /** A whole word beside a whole word: what stands there counts with all its tokens. */
  #comparison(tokens: WordLoss['tokens'], logprob: number): string {
    const { label, pieces } = this.there;
    const isSame = tokens.map((token) => token.label).join() === pieces.map((piece) => piece.label).join();
    if (isSame) return t('That is what stands here.');
    const more = logprob - this.there.logprob;
    const ratio = formatRatio(Math.abs(more));
    return more > 0
      ? t('{0} times more probable than “{1}”.', ratio, label)
      : t('{0} times less probable than “{1}”.', ratio, label);
  }

  readonly #typed = (text: string): void => {
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => {
      this.word = text;
    }, REST_MS);
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-typed-word': TypedWordElement;
  }
}
