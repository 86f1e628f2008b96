import { Task } from '@lit/task';
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { formatCount } from '../../../src/display/numbers';
import { messageOf } from '../../../src/shared/errors';
import { base } from '../../kit/styles';
import { button } from '../../kit/toolkit';
import { t } from '../../l10n';
import { StoreElement } from '../../store/store-element';
import { earliest, type MergeRow, mergeRows, neighboursIn, numbersOf } from './working-merge-steps';

/** From one merge to the next while it plays. */
const STEP_MS = 900;

/** Tokens of a word, which merges build one pair at a time: stepped through by hand, or played. */
@customElement('vt-merge-steps')
export class MergeStepsElement extends StoreElement {
  @property() accessor vocabulary = '';
  /** Of the word, in order. */
  @property({ attribute: false }) accessor tokens: readonly { id: number; label: string }[] = [];
  /** Merges that are done. */
  @state() private accessor done = 0;
  @state() private accessor timer: ReturnType<typeof setInterval> | undefined;
  /** The word that these are the merges of. */
  #shown = '';

  static override styles = [
    base,
    css`
      ol { display: flex; flex-wrap: wrap; gap: 8px 0; margin: 8px 0; padding: 0; list-style: none; }
      li { display: flex; align-items: center; }
      .piece { padding: 0 6px; font-family: var(--mono); white-space: pre; border: 1px solid var(--line); }
      .new { outline: 2px solid var(--accent); }
      /* A number stands on the line that joins its two pieces. */
      .joint { min-width: 12px; padding: 0 4px; color: var(--dim); font-size: 0.85em; text-align: center; }
      .joins { border-bottom: 1px solid currentcolor; }
      .next { font-weight: 600; color: inherit; border-bottom: 2px solid var(--accent); }
      .controls { display: flex; flex-wrap: wrap; align-items: center; gap: 4px; }
      input { flex: 1 1 80px; min-width: 60px; margin: 0; accent-color: var(--vscode-textLink-foreground); }
      [role='status'] { min-height: 3em; margin-top: 8px; }
    `,
  ];

  #rows = new Task(this, {
    args: () => [this.vocabulary, this.tokens.map(({ id }) => id).join()] as const,
    task: async ([vocabulary]) => {
      const built = this.tokens.map(async ({ id, label }) => {
        const node = await this.store.host.merges({ vocabulary, id });
        return node ?? { id, label };
      });
      const rows = mergeRows(await Promise.all(built));
      return { rows, ranks: await this.store.host.mergeRanks({ vocabulary, pairs: neighboursIn(rows) }) };
    },
  });

  /** Another word begins anew. */
  override willUpdate(): void {
    const shown = `${this.vocabulary} ${this.tokens.map(({ id }) => id).join()}`;
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#pause();
    this.done = 0;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#pause();
  }

  override render(): TemplateResult | undefined {
    return this.#rows.render({
      pending: () => html`<p class="dim">${t('Looking it up …')}</p>`,
      complete: ({ rows, ranks }) => this.#steps(rows, ranks),
      error: (error) => html`<p>${messageOf(error)}</p>`,
    });
  }

  #steps(rows: readonly MergeRow[], ranks: Readonly<Record<string, number>>): TemplateResult {
    const last = rows.length - 1;
    if (last === 0) return html`<p>${t('No merges build it: its pieces stand for themselves.')}</p>`;
    const done = Math.min(this.done, last);
    const row = rows[done] as MergeRow;
    const text = this.#text(rows, done);
    return html`<p>${t('It begins as its smallest pieces. Between two neighbours stands the number of the merge that joins them, or a dash where there is none. The pair with the lowest number is joined first, and so on until only dashes are left.')}</p>
      ${this.#pieces(row, rows[done - 1], ranks)}
      <div class="controls">
        ${button(t('Merge back'), () => this.#go(done - 1), { isDisabled: done === 0 })}
        ${button(this.timer === undefined ? t('Play') : t('Pause'), () => this.#playOrPause(last))}
        ${button(t('Next merge'), () => this.#go(done + 1), { isDisabled: done === last })}
        <input
          type="range"
          min="0"
          max=${last}
          .value=${`${done}`}
          aria-label=${t('Merges that are done')}
          aria-valuetext=${text}
          @input=${({ target }: Event) => this.#go(Number((target as HTMLInputElement).value))}
        />
      </div>
      <p role="status">${text}</p>`;
  }

  #pieces(row: MergeRow, before: MergeRow | undefined, ranks: Readonly<Record<string, number>>): TemplateResult {
    const { pieces, pairs } = row;
    const made = before && earliest(before.pairs)?.at;
    const next = earliest(pairs)?.at;
    const numbers = numbersOf(row, ranks);
    return html`<ol class="number" aria-label=${t('Pieces')}>
      ${pieces.map(
        ({ label }, at) => html`<li>
          <span class="piece ${at === made ? 'new' : ''}">${label}</span>
          ${at < numbers.length ? joint(numbers[at], at === next) : nothing}
        </li>`,
      )}
    </ol>`;
  }

  /** What was joined last, or how it begins. */
  #text(rows: readonly MergeRow[], done: number): string {
    const { pieces } = rows[done] as MergeRow;
    const before = rows[done - 1];
    const joined = before && earliest(before.pairs);
    if (!before || !joined) return t('{0} pieces, before the first of {1} merges.', pieces.length, rows.length - 1);
    const [left, right] = [before.pieces[joined.at], before.pieces[joined.at + 1]];
    const said = t(
      '{0} and {1} make {2}, merge {3}',
      left?.label ?? '',
      right?.label ?? '',
      pieces[joined.at]?.label ?? '',
      formatCount(joined.rank),
    );
    return `${t('{0} of {1}', done, rows.length - 1)}: ${said}.`;
  }

  /** By hand, which ends what plays. */
  #go(done: number): void {
    this.#pause();
    this.done = done;
  }

  /** From the beginning, where all is done. */
  #playOrPause(last: number): void {
    if (this.timer !== undefined) {
      this.#pause();
      return;
    }
    if (this.done >= last) this.done = 0;
    this.timer = setInterval(() => {
      this.done++;
      if (this.done >= last) this.#pause();
    }, STEP_MS);
  }

  #pause(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }
}

/** What is between two pieces. */
function joint(number: number | undefined, isNext: boolean): TemplateResult {
  if (number === undefined) return html`<span class="joint" role="img" aria-label=${t('no merge')}>–</span>`;
  return html`<span class="joint joins ${isNext ? 'next' : ''}"><span class="unseen">${t('merge')} </span>${formatCount(number)}</span>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-merge-steps': MergeStepsElement;
  }
}
