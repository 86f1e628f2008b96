import { hashModule } from './hash-module';

/** Hashed together. */
const ROWS = 1 << 10;

// Where things are in the module's memory: eight bytes a row of the first two, its digest, and where it begins and ends.
const DIGESTS = 0;
const PLACES = DIGESTS + 8 * ROWS;
const NUMBERS = PLACES + 8 * ROWS;
const PAGE = 65_536;

/** Digests of rows of numbers of 32 bits, two such numbers each: XXH64 of the row, and zeros of a row of zeros. */
export class RowDigests {
  readonly #width: number;
  readonly #module = hashModule();

  constructor(width: number) {
    this.#width = width;
    const { memory } = this.#module;
    memory.grow(Math.ceil((NUMBERS + 4 * width * ROWS) / PAGE));
    const places = new Uint32Array(memory.buffer, PLACES, 2 * ROWS);
    for (let i = 0; i < places.length; i++) places[i] = NUMBERS + 4 * width * Math.ceil(i / 2);
  }

  /** @param digests into which those of the rows are written */
  write(rows: Uint32Array, digests: Uint32Array): void {
    const step = ROWS * this.#width;
    for (let from = 0; from < rows.length; from += step) {
      this.#writeSome(rows.subarray(from, from + step), digests.subarray((2 * from) / this.#width));
    }
  }

  #writeSome(rows: Uint32Array, digests: Uint32Array): void {
    const { memory, hashShingles } = this.#module;
    const count = rows.length / this.#width;
    new Uint32Array(memory.buffer, NUMBERS, rows.length).set(rows);
    hashShingles(PLACES, 0, count, DIGESTS);
    digests.set(new Uint32Array(memory.buffer, DIGESTS, 2 * count));
    for (let row = 0; row < count; row++) if (this.#isZero(rows, row)) digests.fill(0, 2 * row, 2 * row + 2);
  }

  #isZero(rows: Uint32Array, row: number): boolean {
    for (let i = row * this.#width; i < (row + 1) * this.#width; i++) if (rows[i] !== 0) return false;
    return true;
  }
}
