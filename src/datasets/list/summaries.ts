import type { DatasetSummary, DatasetTotals } from '../../shared/dataset-api';
import type { RowScores } from '../scores/row-scores';
import { COLUMNS } from './columns';
import { summaryOf } from './summary';
import { totalsOf } from './totals';

/** Made anew at most so often, and never for more than a part of the time. */
const LEAST_MS = 800;
const SHARE = 20;

/** Of which columns there are pictures. */
const PICTURED = ['loss', 'lossB', 'margin'];

interface Made {
  pictures: DatasetSummary[];
  totals: DatasetTotals | undefined;
}

const NOTHING: Made = { pictures: [], totals: undefined };

/** What the numbers of the listed rows come to, and pictures of them, made anew once in a while as more are known. */
export class Summaries {
  readonly #scores: RowScores;
  readonly #changed: () => void;
  #latest = NOTHING;
  #timer: NodeJS.Timeout | undefined;
  #pauseMs = 0;
  #isOutdated = false;
  #work = new AbortController();

  constructor(scores: RowScores, changed: () => void) {
    this.#scores = scores;
    this.#changed = changed;
  }

  get latest(): Made {
    return this.#latest;
  }

  /** @param lines those that are listed by then */
  renew(lines: () => Uint32Array): void {
    this.#isOutdated = true;
    this.#timer ??= setTimeout(() => void this.#make(lines), this.#pauseMs);
  }

  forget(): void {
    this.stop();
    this.#work = new AbortController();
    this.#latest = NOTHING;
    this.#pauseMs = 0;
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#work.abort();
  }

  async #make(lines: () => Uint32Array): Promise<void> {
    this.#isOutdated = false;
    const { signal } = this.#work;
    const started = performance.now();
    try {
      const pictured = COLUMNS.filter(({ name }) => PICTURED.includes(name));
      const listed = lines();
      const made: (DatasetSummary | undefined)[] = [];
      for (const column of pictured) made.push(await summaryOf(column, this.#scores, listed, signal));
      const totals = await totalsOf(this.#scores, listed, signal);
      this.#latest = { pictures: made.filter((summary) => summary !== undefined), totals };
      this.#pauseMs = Math.max(LEAST_MS, SHARE * (performance.now() - started));
      this.#timer = undefined;
      // What has come while they were made.
      if (this.#isOutdated) this.renew(lines);
      this.#changed();
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }
}
