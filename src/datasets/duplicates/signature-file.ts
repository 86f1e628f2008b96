import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sentence, VitrineError } from '../../shared/errors';
import type { Columns } from './find-copies';

const BLOCK_ROWS = 4096;

/**
 * Signatures of documents as they come, in a temporary file, because those of a million documents take 450 MB: in blocks of
 * some thousand rows, column by column within. The file has no name, so that nothing is left of it however a run ends.
 */
export class SignatureFile implements Columns {
  readonly count: number;
  readonly width: number;
  rows = 0;
  #block: Uint32Array<ArrayBuffer>;
  #file: number | undefined;
  #column = new Uint32Array();

  constructor(count: number, width: number) {
    this.count = count;
    this.width = width;
    this.#block = new Uint32Array(BLOCK_ROWS * count * width);
  }

  /** @throws VitrineError `duplicates.disk` */
  add(signature: Uint32Array): void {
    const row = this.rows % BLOCK_ROWS;
    if (row === 0 && this.rows > 0) this.#writeBlock();
    for (let column = 0; column < this.count; column++) {
      const values = signature.subarray(column * this.width, (column + 1) * this.width);
      this.#block.set(values, (column * BLOCK_ROWS + row) * this.width);
    }
    this.rows++;
  }

  column(index: number): Uint32Array {
    const length = BLOCK_ROWS * this.width;
    const blocks = Math.max(1, Math.ceil(this.rows / BLOCK_ROWS));
    if (this.#column.length !== this.rows * this.width) this.#column = new Uint32Array(this.rows * this.width);
    const numbers = this.#column;
    for (let block = 0; block < blocks - 1; block++) {
      const position = (block * this.count + index) * length * 4;
      readSync(this.#file as number, numbers, block * length * 4, length * 4, position);
    }
    const last = this.#block.subarray(index * length, index * length + numbers.length - (blocks - 1) * length);
    numbers.set(last, (blocks - 1) * length);
    return numbers;
  }

  /** Nothing can be asked of it any more. */
  close(): void {
    this.#block = new Uint32Array();
    this.#column = new Uint32Array();
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }

  #writeBlock(): void {
    const place = tmpdir();
    try {
      this.#file ??= openUnnamed(place);
      let written = 0;
      while (written < this.#block.byteLength) written += writeSync(this.#file, this.#block, written);
    } catch (error) {
      const text = sentence`What near-duplicates are found by cannot be written to ${place}, which may be full. Make room there, or switch that rule off.`;
      throw new VitrineError('duplicates.disk', text, { cause: error });
    }
  }
}

function openUnnamed(folder: string): number {
  const path = join(folder, `vitrine-${process.pid}-${Date.now()}.signatures`);
  const file = openSync(path, 'wx+');
  rmSync(path);
  return file;
}
