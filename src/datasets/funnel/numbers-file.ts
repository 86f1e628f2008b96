import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { footerOf, type NumbersFooter, packFooter } from './numbers-footer';

/** Documents of a page. The numbers of one column lie together in it: to decide by one is to read only those. */
export const PAGE_DOCUMENTS = 1 << 14;
const COLUMN_BYTES = 4 * PAGE_DOCUMENTS;

/** How the name of a file ends that is not finished. */
export const UNFINISHED = '.unfinished';

/**
 * Numbers of documents, so many columns of each, as float32 in a file by pages: a million documents of forty measures would
 * take 160 MB of memory. The file has its name only when it is whole; one that is closed before that is gone.
 *
 * It reads and writes at once: it is made for a thread for which nobody waits.
 */
export class NumbersFile {
  readonly #path: string;
  /** Of its own: two windows may read the same data set. */
  readonly #temporary: string;
  readonly #file: number;
  readonly #columns: number;
  /** The page that is being filled, which is not on disk. */
  readonly #filling: Float32Array;
  #footer: NumbersFooter | undefined;
  #documents: number;

  private constructor(path: string, columns: number, known?: { file: number; footer: NumbersFooter }) {
    this.#path = path;
    this.#temporary = `${path}.${randomUUID()}${UNFINISHED}`;
    this.#file = known?.file ?? openSync(this.#temporary, 'w+');
    this.#columns = columns;
    this.#footer = known?.footer;
    this.#documents = known?.footer.documents ?? 0;
    this.#filling = new Float32Array(known ? 0 : columns * PAGE_DOCUMENTS);
  }

  /** A new one, for numbers to come. */
  static create(path: string, columns: number): NumbersFile {
    return new NumbersFile(path, columns);
  }

  /** One that was finished before; undefined where there is none that is whole. */
  static open(path: string, columns: number): NumbersFile | undefined {
    let file: number;
    try {
      file = openSync(path, 'r');
    } catch {
      return undefined;
    }
    const footer = footerOf(file, columns * COLUMN_BYTES, (documents) => pagesOf(documents) * columns * COLUMN_BYTES);
    if (footer) return new NumbersFile(path, columns, { file, footer });
    closeSync(file);
    return undefined;
  }

  /** Documents whose numbers are known. */
  get documents(): number {
    return this.#documents;
  }

  /** What stands behind the numbers of one that is finished. */
  get footer(): NumbersFooter | undefined {
    return this.#footer;
  }

  /** Adds the numbers of the next document, one a column. */
  add(numbers: Float32Array): void {
    const at = this.#documents % PAGE_DOCUMENTS;
    for (let column = 0; column < this.#columns; column++) {
      this.#filling[column * PAGE_DOCUMENTS + at] = numbers[column] as number;
    }
    this.#documents++;
    if (this.#documents % PAGE_DOCUMENTS === 0) this.#writeFilled();
  }

  /** A column of the documents [from, to), at most a page of them, into an array. */
  read(column: number, from: number, numbers: Float32Array): void {
    const page = Math.floor(from / PAGE_DOCUMENTS);
    const at = from % PAGE_DOCUMENTS;
    if (this.#isFilling(page)) {
      const start = column * PAGE_DOCUMENTS + at;
      numbers.set(this.#filling.subarray(start, start + numbers.length));
    } else {
      readSync(this.#file, bytesOf(numbers), 0, 4 * numbers.length, this.#place(page, column) + 4 * at);
    }
  }

  /** Sets a column of a page that was added. */
  write(column: number, from: number, numbers: Float32Array): void {
    const page = Math.floor(from / PAGE_DOCUMENTS);
    if (this.#isFilling(page)) this.#filling.set(numbers, column * PAGE_DOCUMENTS);
    else writeAll(this.#file, bytesOf(numbers), this.#place(page, column));
  }

  /** One number of a document. */
  get(column: number, index: number): number {
    const number = new Float32Array(1);
    this.read(column, index, number);
    return number[0] as number;
  }

  /** Gives the file its name. @param extra what stands behind the numbers */
  async finish(extra: Pick<NumbersFooter, 'copies'>): Promise<void> {
    if (this.#documents % PAGE_DOCUMENTS > 0) this.#writeFilled();
    const footer = { documents: this.#documents, ...extra };
    const page = Buffer.alloc(this.#columns * COLUMN_BYTES);
    const pages = pagesOf(this.#documents);
    let sum = 0;
    for (let i = 0; i < pages; i++) {
      readSync(this.#file, page, 0, page.length, this.#place(i, 0));
      sum = crc32(page, sum);
    }
    writeAll(this.#file, packFooter(footer, sum), this.#place(pages, 0));
    await rename(this.#temporary, this.#path);
    this.#footer = footer;
  }

  async close(): Promise<void> {
    closeSync(this.#file);
    if (!this.#footer) await rm(this.#temporary, { force: true });
  }

  #isFilling(page: number): boolean {
    return !this.#footer && page === Math.floor(this.#documents / PAGE_DOCUMENTS);
  }

  #writeFilled(): void {
    writeAll(this.#file, bytesOf(this.#filling), this.#place(pagesOf(this.#documents) - 1, 0));
  }

  #place(page: number, column: number): number {
    return (page * this.#columns + column) * COLUMN_BYTES;
  }
}

const pagesOf = (documents: number) => Math.ceil(documents / PAGE_DOCUMENTS);
const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array) => new Uint8Array(buffer, byteOffset, byteLength);

function writeAll(file: number, bytes: Uint8Array, at: number): void {
  for (let written = 0; written < bytes.length; ) {
    written += writeSync(file, bytes, written, bytes.length - written, at + written);
  }
}
