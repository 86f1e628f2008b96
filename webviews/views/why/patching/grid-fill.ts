import type { PATCH_SITES } from '../../../../src/shared/why-requests';
import { StoppableWork } from '../../../kit/stoppable-work';
import type { Run as Range } from '../../../kit/subject-tokens';
import type { ViewStore } from '../../../store/view-store';
import { layerBands } from './bands';
import { logitDifference, restored } from './ratio';

export type PatchSite = (typeof PATCH_SITES)[number];

/** About so many answers fill a grid. */
const BANDS = 12;

/** What a grid is of. */
export interface GridQuestion {
  /** Traces of the run that is patched, and of the one that patches come from. */
  corrupt: number;
  clean: number;
  /** How many tokens both have. */
  position: number;
  token: number;
  against: number;
  site: PatchSite;
  layers: number;
  columns: Range;
}

/** A grid that is filled from its last layer on. */
export class GridFill {
  readonly question: GridQuestion;
  /** [layer, column, 2]: natural logarithms of the probabilities of the two tokens; NaN until they are known. */
  readonly logprobs: Float32Array;
  /** Layers that are done. */
  done = 0;
  readonly #store: ViewStore;
  readonly #changed: () => void;
  readonly #work: StoppableWork;

  /** @param changed is called whenever more is known */
  constructor(store: ViewStore, question: GridQuestion, changed: () => void) {
    this.#store = store;
    this.question = question;
    this.#changed = changed;
    this.#work = new StoppableWork(changed);
    this.logprobs = new Float32Array(question.layers * this.width * 2).fill(Number.NaN);
  }

  get width(): number {
    return this.question.columns.to - this.question.columns.from;
  }

  get isRunning(): boolean {
    return this.#work.isRunning;
  }

  get failure(): string {
    return this.#work.failure;
  }

  get isDone(): boolean {
    return this.done === this.question.layers;
  }

  /** [layer, column]: what each patch restores. @param clean, corrupt natural logarithms of the two tokens' probabilities */
  ratios({ clean, corrupt }: { clean: ArrayLike<number>; corrupt: ArrayLike<number> }): Float32Array {
    const [from, to] = [logitDifference(corrupt), logitDifference(clean)];
    const cells = { length: this.logprobs.length / 2 };
    return Float32Array.from(cells, (_, cell) => restored(logitDifference(this.logprobs, cell), from, to));
  }

  /** Goes on until all is filled, or it is stopped. */
  async run(): Promise<void> {
    if (this.isDone) return;
    await this.#work.run(async (signal) => {
      for (const band of layerBands(this.question.layers, BANDS)) await this.#fill(band, signal);
    });
  }

  stop(): void {
    this.#work.stop();
  }

  /** A band that is known is not asked again. */
  async #fill(layers: Range, signal: AbortSignal): Promise<void> {
    if (this.question.layers - layers.from <= this.done) return;
    signal.throwIfAborted();
    const { corrupt, clean, position, token, against, site, columns } = this.question;
    const { logprobs } = await this.#store.lenses.patchGrid(
      { trace: corrupt, source: clean, position, token, against, site, layers, columns },
      { signal },
    );
    signal.throwIfAborted();
    this.logprobs.set(logprobs, layers.from * this.width * 2);
    this.done = this.question.layers - layers.from;
    this.#changed();
  }
}
