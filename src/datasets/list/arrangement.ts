import { type DatasetFilter, type DatasetSort, type DatasetState, NO_FILTER } from '../../shared/dataset-api';
import type { RowScores } from '../scores/row-scores';
import { COLUMNS } from './columns';
import { filteredLines, isNoFilter } from './filter';
import type { ListedFile } from './listed-file';
import { sortedLines } from './order';

/** Which lines are listed, and in which order. */
export class Arrangement {
  readonly #scores: RowScores;
  readonly #changed: () => void;
  filter: DatasetFilter = NO_FILTER;
  sort: DatasetSort | undefined;
  /** Undefined for all lines in the order of the file. */
  #lines: Uint32Array | undefined;
  #withValue = 0;
  /** Rows that had been scored when it was made. */
  #scoredThen = 0;
  #revision = 0;
  #filtering: DatasetState['filtering'];
  #work = new AbortController();

  constructor(scores: RowScores, changed: () => void) {
    this.#scores = scores;
    this.#changed = changed;
  }

  /** Lets other lines through, or puts them into another order. The old ones are listed until the new are known. */
  async arrange(listed: ListedFile, scored: number): Promise<void> {
    this.#work.abort();
    const work = new AbortController();
    this.#work = work;
    try {
      const { lines, withValue } = await this.#arranged(listed, work.signal);
      if (work.signal.aborted) return;
      this.#lines = lines;
      this.#withValue = withValue;
      this.#scoredThen = scored;
      this.#revision++;
    } catch (error) {
      if (!work.signal.aborted) throw error;
      return;
    } finally {
      if (this.#work === work) this.#filtering = undefined;
      this.#changed();
    }
  }

  /** Ends a filter that is at work; what was listed stays. */
  cancel(): void {
    this.#work.abort();
    this.#filtering = undefined;
    this.#changed();
  }

  /** What was listed is of another file. */
  forget(): void {
    this.#work.abort();
    this.#lines = undefined;
    this.#filtering = undefined;
    this.#revision++;
  }

  /** Lines by their places in the list. */
  lines(listed: ListedFile, from: number, count: number): number[] {
    if (this.#lines) return [...this.#lines.subarray(from, from + count)];
    const to = Math.min(from + count, listed.file.count);
    return Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
  }

  all(listed: ListedFile): Uint32Array {
    return this.#lines ?? allLines(listed.file.count);
  }

  /** @param scored rows that have a number by now */
  state(listed: ListedFile | undefined, scored: number) {
    const { filter, sort } = this;
    return {
      filter,
      sort,
      filtering: this.#filtering,
      listed: this.#lines?.length ?? listed?.file.count ?? 0,
      revision: this.#revision,
      sorted: sort && this.#lines ? { with: this.#withValue, since: scored - this.#scoredThen } : undefined,
    };
  }

  async #arranged(
    listed: ListedFile,
    signal: AbortSignal,
  ): Promise<{ lines: Uint32Array | undefined; withValue: number }> {
    const { filter, sort } = this;
    const { file, examination } = listed;
    if (isNoFilter(filter) && !sort) return { lines: undefined, withValue: 0 };
    const progress = (done: number, total: number) => {
      this.#filtering = { done, total };
      this.#changed();
    };
    const lines = isNoFilter(filter)
      ? allLines(file.count)
      : await filteredLines({ file, examination, scores: this.#scores }, filter, { signal, progress });
    const column = COLUMNS.find(({ name }) => name === sort?.column);
    if (!sort || !column) return { lines, withValue: 0 };
    const value = (line: number) => column.value(this.#scores, line);
    const { order, withValue } = await sortedLines(lines, value, sort.isDescending, signal);
    return { lines: order, withValue };
  }
}

const allLines = (count: number) => new Uint32Array(count).map((_, line) => line);
