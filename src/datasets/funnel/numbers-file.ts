import { closeSync, openSync, readSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { BLOCK_DOCUMENTS, blocksOf, bytesOf, type Numbers, writeAll } from './numbers';
import { footerOf, type NumbersFooter, packFooter } from './numbers-footer';

const COLUMN_BYTES = 4 * BLOCK_DOCUMENTS;

/**
 * Numbers of all documents, as float32 in a file by blocks of columns: a million documents of forty measures would take 160 MB
 * of memory. It reads and writes at once: it is made for a thread for which nobody waits.
 */
export class NumbersFile implements Numbers {
  readonly footer: NumbersFooter;
  readonly #file: number;
  readonly #columns: number;

  private constructor(file: number, columns: number, footer: NumbersFooter) {
    this.#file = file;
    this.#columns = columns;
    this.footer = footer;
  }

  /** Undefined where there is none that is whole. */
  static open(path: string, columns: number): NumbersFile | undefined {
    let file: number;
    try {
      file = openSync(path, 'r');
    } catch {
      return undefined;
    }
    const footer = footerOf(file, columns * COLUMN_BYTES, (documents) => blocksOf(documents) * columns * COLUMN_BYTES);
    if (footer) return new NumbersFile(file, columns, footer);
    closeSync(file);
    return undefined;
  }

  /** Writes numbers into a file that has its name only when it is whole. @param temporary its name until then */
  static async write(
    path: string,
    temporary: string,
    numbers: Numbers,
    columns: number,
    copies: NumbersFooter['copies'],
  ): Promise<NumbersFile> {
    const footer = { documents: numbers.documents, copies };
    const file = openSync(temporary, 'w+');
    try {
      const block = new Float32Array(columns * BLOCK_DOCUMENTS);
      let sum = 0;
      let at = 0;
      for (let from = 0; from < footer.documents; from += BLOCK_DOCUMENTS) {
        const documents = Math.min(BLOCK_DOCUMENTS, footer.documents - from);
        for (let column = 0; column < columns; column++) {
          const place = column * BLOCK_DOCUMENTS;
          numbers.read(column, from, block.subarray(place, place + documents));
        }
        writeAll(file, bytesOf(block), at);
        sum = crc32(bytesOf(block), sum);
        at += block.byteLength;
      }
      writeAll(file, packFooter(footer, sum), at);
      await rename(temporary, path);
    } catch (error) {
      closeSync(file);
      await rm(temporary, { force: true });
      throw error;
    }
    return new NumbersFile(file, columns, footer);
  }

  get documents(): number {
    return this.footer.documents;
  }

  read(column: number, from: number, numbers: Float32Array): void {
    const block = Math.floor(from / BLOCK_DOCUMENTS);
    const place = (block * this.#columns + column) * COLUMN_BYTES + 4 * (from % BLOCK_DOCUMENTS);
    readSync(this.#file, bytesOf(numbers), 0, numbers.byteLength, place);
  }

  async close(): Promise<void> {
    closeSync(this.#file);
  }
}
