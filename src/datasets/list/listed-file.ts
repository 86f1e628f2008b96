import { setTimeout } from 'node:timers/promises';
import type { DatasetState } from '../../shared/dataset-api';
import { LineFile } from '../file/line-file';
import { Examination } from '../rows/examination';

/** By then the first rows are on the screen. */
const FIRST_ROWS_MS = 400;

/** A file whose lines are found, and then looked at, in the background. */
export class ListedFile {
  readonly examination = new Examination();
  readonly file: LineFile;
  readonly #controller = new AbortController();
  #indexed = 0;

  private constructor(file: LineFile) {
    this.file = file;
  }

  /** @throws VitrineError */
  static async open(path: string): Promise<ListedFile> {
    return new ListedFile(await LineFile.open(path));
  }

  /** @param changed called when more is known. Rejects where the file cannot be read, and when it is closed. */
  async read(changed: () => void): Promise<void> {
    const { signal } = this.#controller;
    const progress = (done: number) => {
      this.#indexed = done;
      changed();
    };
    await this.file.index({ signal, progress });
    changed();
    // Looking at rows takes the thread that the first of them come by.
    await setTimeout(FIRST_ROWS_MS, undefined, { signal });
    await this.examination.go(this.file, signal, changed);
  }

  get state(): Pick<DatasetState, 'bytes' | 'indexing' | 'examined' | 'rows' | 'problems'> {
    const { bytes } = this.file.state;
    return {
      bytes,
      indexing: this.file.isIndexed ? undefined : { done: this.#indexed, total: bytes },
      examined: this.examination.examined,
      rows: this.file.offsets.count,
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
