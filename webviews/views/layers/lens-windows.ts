import type { TokenDescription } from '../../../src/shared/engine-api';
import { messageOf } from '../../../src/shared/errors';
import type { TraceTokens } from '../../../src/shared/inspector-api';
import type { Work } from '../../../src/shared/progress';
import { candidateLabel } from '../../kit/candidate-label';
import type { ViewStore } from '../../store/view-store';
import { WantedParts } from '../../store/wanted-parts';
import { firstAnswersLayer, type LensRow, lensRows, settlingLayers } from './lens-row';

/** Positions that are asked for at once: what is in view is there in about a second on a laptop. */
const WINDOW = 16;
const TOP_K = 5;
/** Rows that are only scrolled past are not asked for. */
const REST_MS = 60;

/** The first position of the window that has a position. */
const windowOf = (position: number) => position - (position % WINDOW);

/** The logit lens of a text, asked for window by window as it comes into view. */
export class LensWindows {
  readonly #store: ViewStore;
  readonly #read: TraceTokens;
  readonly #changed: () => void;
  /** Whether through the tuned lens. */
  readonly tuned: boolean;
  readonly #rows = new Map<number, LensRow>();
  readonly #tokens = new Map<number, TokenDescription>();
  /** First positions of the windows in view that are not there yet. */
  #wanted: number[] = [];
  /** First positions of windows that a recording does not have. */
  readonly #unknown = new Set<number>();
  readonly #parts = new WantedParts((from, signal) => this.#ask(from, signal));
  #rest: ReturnType<typeof setTimeout> | undefined;
  /** Of the rows that came first, so that columns stay where they are; undefined until then. */
  firstAnswers: number | undefined;
  /** Of the same rows, the layers at which tokens settle, those first at which most do. */
  settling: number[] | undefined;
  error: string | undefined;

  /** @param changed called when there are more rows, or an error */
  constructor(store: ViewStore, read: TraceTokens, tuned: boolean, changed: () => void) {
    this.#store = store;
    this.#read = read;
    this.#changed = changed;
    this.tuned = tuned;
  }

  get trace(): number {
    return this.#read.trace;
  }

  /** How many rows are there. */
  get size(): number {
    return this.#rows.size;
  }

  rowAt(position: number): LensRow | undefined {
    return this.#rows.get(position);
  }

  labelOf(id: number): string {
    const token = this.#tokens.get(id);
    return token ? candidateLabel({ ...token, id }) : '…';
  }

  /** A token as it is, where its rows are there. */
  textOf(id: number): string | undefined {
    return this.#tokens.get(id)?.text;
  }

  rows(): Iterable<LensRow> {
    return this.#rows.values();
  }

  /** The rows of all positions: what is not there is asked for. @throws Error where it cannot be known */
  async rowsOf(positions: readonly number[], { signal, progress }: Work): Promise<LensRow[]> {
    for (const [done, position] of positions.entries()) {
      if (this.#rows.has(position)) continue;
      signal.throwIfAborted();
      progress(done, positions.length);
      await this.#readWindow(windowOf(position), signal);
      this.#changed();
    }
    return positions.flatMap((position) => this.#rows.get(position) ?? []);
  }

  /** Says which positions are in view: what is asked for next. */
  want(positions: readonly number[]): void {
    const windows = new Set(positions.map(windowOf));
    this.#wanted = [...windows].filter((from) => !this.#rows.has(from) && !this.#unknown.has(from));
    clearTimeout(this.#rest);
    if (this.#goesOn) this.#rest = setTimeout(() => this.#parts.want(this.#wanted), REST_MS);
  }

  retry(): void {
    this.error = undefined;
    this.#parts.want(this.#wanted);
  }

  async #ask(from: number, signal: AbortSignal): Promise<void> {
    try {
      await this.#readWindow(from, signal);
    } catch (error) {
      if (signal.aborted) return;
      this.error = messageOf(error);
      if (this.#store.isLive) this.#parts.want([]);
      else this.#unknown.add(from);
    }
    this.#changed();
  }

  /** Where a model fails, it is asked no more; a recording may have other windows. */
  get #goesOn(): boolean {
    return !this.error || !this.#store.isLive;
  }

  async #readWindow(from: number, signal: AbortSignal): Promise<void> {
    const { trace, ids } = this.#read;
    const to = Math.min(ids.length, from + WINDOW);
    const asked = { trace, from, to, topK: TOP_K, ...(this.tuned && { tuned: true }) };
    const lens = await this.#store.lenses.logitLens(asked, { signal });
    // Of the next token too, which may be among none of the first.
    const next = ids.subarray(from + 1, to + 1);
    const unknown = [...new Set([...lens.topIds, ...next])].filter((id) => !this.#tokens.has(id));
    const tokens = await this.#store.lenses.describe({ ids: unknown });
    for (const [index, token] of tokens.entries()) this.#tokens.set(unknown[index] ?? 0, token);
    const rows = lensRows(lens, from);
    this.firstAnswers ??= firstAnswersLayer(rows);
    this.settling ??= settlingLayers(rows);
    for (const row of rows) this.#rows.set(row.position, row);
  }
}
