import { Task } from '@lit/task';
import { bitsOf } from '../../../src/display/scales';
import { addedBy } from '../../../src/shared/steering';
import { subjectTokens } from '../../kit/subject-tokens';
import type { StoreElement } from '../../store/store-element';

/** What the switched-off heads change, token by token. */
export interface AblationChange {
  /** Bits of surprisal more than with all heads; NaN for the first token. */
  bits: Float32Array;
  /** Log-probability of what is inspected, in nats, without them and with them. */
  off: number;
  on: number;
}

/** Compares what is read under switched-off heads with the same tokens under all heads. */
export class AblationComparison {
  readonly #view: StoreElement;
  readonly #base: Task<readonly [number | undefined, boolean], Float32Array | undefined>;

  constructor(view: StoreElement) {
    this.#view = view;
    this.#base = new Task(view, {
      args: () => [view.store.subject?.read?.trace, this.#isAblated] as const,
      task: async ([trace, isAblated], { signal }) => {
        const read = view.store.subject?.read;
        if (!isAblated || !read || read.trace !== trace) return undefined;
        return view.store.lenses.score(
          { ids: [...read.ids], steering: addedBy(view.store.state.steering) },
          { signal },
        );
      },
    });
  }

  /** Undefined with all heads on, and until both are known. */
  get change(): AblationChange | undefined {
    const after = this.#view.store.predictions?.logprob;
    const before = this.#base.value;
    if (!this.#isAblated || !after || before?.length !== after.length) return undefined;
    const bits = after.map((logprob, i) => bitsOf(logprob) - bitsOf(before[i] ?? Number.NaN));
    const isShown = subjectTokens(this.#view.store.subject).map((token) => token.isShown);
    const sumOf = (values: Float32Array) =>
      values.reduce((sum, value, i) => sum + (isShown[i] && !Number.isNaN(value) ? value : 0), 0);
    return { bits, off: sumOf(after), on: sumOf(before) };
  }

  get #isAblated(): boolean {
    return this.#view.store.state.ablated.length > 0 && this.#view.store.state.reading.kind === 'ready';
  }
}
