import { setTimeout } from 'node:timers/promises';
import type { DatasetState } from '../../shared/dataset-api';
import { Examination } from '../rows/examination';
import { openRows, type RowFile } from '../rows/row-file';

/** By then the first rows are on the screen. */
const FIRST_ROWS_MS = 400;

/** A file whose lines are found, and then looked at, in the background. */
export class ListedFile {
  readonly examination = new Examination();
  readonly file: RowFile;
  readonly #controller = new AbortController();
  #indexed = { done: 0, total: 1 };

  private constructor(file: RowFile) {
    this.file = file;
  }

  /** @throws VitrineError */
  static async open(path: string): Promise<ListedFile> {
    return new ListedFile(await openRows(path));
  }

  /** @param changed called when more is known. Rejects where the file cannot be read, and when it is closed. */
  async read(changed: () => void): Promise<void> {
    const { signal } = this.#controller;
    const progress = (done: number, total: number) => {
      this.#indexed = { done, total };
      changed();
    };
    await this.file.index({ signal, progress });
    changed();
    // Looking at rows takes the thread that the first of them come by.
    await setTimeout(FIRST_ROWS_MS, undefined, { signal });
    await this.examination.go(this.file, signal, changed);
  }

  get state(): Pick<DatasetState, 'bytes' | 'indexing' | 'examined' | 'rows' | 'problems'> {
    const { bytes } = this.file;
    return {
      bytes,
      indexing: this.file.isIndexed ? undefined : this.#indexed,
      examined: this.examination.examined,
      rows: this.file.count,
      problems: this.examination.problems,
    };
  }

  get isClosed(): boolean {
    return this.#controller.signal.aborted;
  }

  async close(): Promise<void> {
    this.#controller.abort();
    await this.file.close();
  }
}
