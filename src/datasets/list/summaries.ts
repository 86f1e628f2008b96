import type { DatasetSummary } from '../../shared/dataset-api';
import type { RowScores } from '../scores/row-scores';
import { COLUMNS } from './columns';
import { summaryOf } from './summary';

/** Made anew at most so often, and never for more than a part of the time. */
const LEAST_MS = 800;
const SHARE = 20;

/** Of which columns there are pictures. */
const PICTURED = ['loss', 'lossB', 'margin'];

/** Pictures of the numbers that are known, made anew once in a while as more are. */
export class Summaries {
  readonly #scores: RowScores;
  readonly #changed: () => void;
  #latest: DatasetSummary[] = [];
  #timer: NodeJS.Timeout | undefined;
  #pauseMs = 0;
  #isOutdated = false;
  #work = new AbortController();

  constructor(scores: RowScores, changed: () => void) {
    this.#scores = scores;
    this.#changed = changed;
  }

  get latest(): DatasetSummary[] {
    return this.#latest;
  }

  /** @param count how many lines there are */
  renew(count: () => number): void {
    this.#isOutdated = true;
    this.#timer ??= setTimeout(() => void this.#make(count), this.#pauseMs);
  }

  forget(): void {
    this.stop();
    this.#work = new AbortController();
    this.#latest = [];
    this.#pauseMs = 0;
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#work.abort();
  }

  async #make(count: () => number): Promise<void> {
    this.#isOutdated = false;
    const { signal } = this.#work;
    const started = performance.now();
    try {
      const pictured = COLUMNS.filter(({ name }) => PICTURED.includes(name));
      const made: (DatasetSummary | undefined)[] = [];
      for (const column of pictured) made.push(await summaryOf(column, this.#scores, count(), signal));
      this.#latest = made.filter((summary) => summary !== undefined);
      this.#pauseMs = Math.max(LEAST_MS, SHARE * (performance.now() - started));
      this.#timer = undefined;
      // What has come while they were made.
      if (this.#isOutdated) this.renew(count);
      this.#changed();
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }
}
