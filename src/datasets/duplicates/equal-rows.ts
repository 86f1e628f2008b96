import type { Slices } from '../work/slices';

const NONE = -1;

/** Rows between two looks at the clock. */
const STRIDE = 4096;

/**
 * Finds rows of numbers that are equal, by a table with open addressing of which half stays empty. Rows of zeros are equal to
 * none.
 */
export class EqualRows {
  readonly #width: number;
  /** Of each group its last row so far. */
  readonly #slots: Int32Array;
  /** Of each row the next that is equal to it. */
  readonly #next: Int32Array;
  readonly #hasEarlier: Uint8Array;

  constructor(rows: number, width: number) {
    this.#width = width;
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * rows + 1)));
    this.#next = new Int32Array(rows);
    this.#hasEarlier = new Uint8Array(rows);
  }

  /** Looks through rows anew. @throws AbortError */
  async find(numbers: Uint32Array, slices: Slices): Promise<void> {
    this.#slots.fill(NONE);
    this.#next.fill(NONE);
    this.#hasEarlier.fill(0);
    const rows = numbers.length / this.#width;
    for (let from = 0; from < rows; from += STRIDE) {
      this.#findSome(numbers, from, Math.min(rows, from + STRIDE));
      await slices.next();
    }
  }

  /** The first row of each group of more than one, in order. */
  *firsts(): Generator<number> {
    for (let row = 0; row < this.#next.length; row++) {
      if (this.#next[row] !== NONE && this.#hasEarlier[row] === 0) yield row;
    }
  }

  /** The next row that is equal to one. */
  after(row: number): number | undefined {
    const next = this.#next[row] as number;
    return next === NONE ? undefined : next;
  }

  #findSome(numbers: Uint32Array, from: number, to: number): void {
    for (let row = from; row < to; row++) {
      if (this.#isZero(numbers, row)) continue;
      const slot = this.#slotOf(numbers, row);
      const last = this.#slots[slot] as number;
      this.#slots[slot] = row;
      if (last === NONE) continue;
      this.#next[last] = row;
      this.#hasEarlier[row] = 1;
    }
  }

  /** Where the last row that is equal to this one is, or where this one goes. Rows are hashes, so their beginning is one too. */
  #slotOf(numbers: Uint32Array, row: number): number {
    const mask = this.#slots.length - 1;
    let slot = (numbers[row * this.#width] as number) & mask;
    while (this.#slots[slot] !== NONE && !this.#isEqual(numbers, this.#slots[slot] as number, row))
      slot = (slot + 1) & mask;
    return slot;
  }

  #isEqual(numbers: Uint32Array, a: number, b: number): boolean {
    for (let i = 0; i < this.#width; i++) {
      if (numbers[a * this.#width + i] !== numbers[b * this.#width + i]) return false;
    }
    return true;
  }

  #isZero(numbers: Uint32Array, row: number): boolean {
    for (let i = 0; i < this.#width; i++) if (numbers[row * this.#width + i] !== 0) return false;
    return true;
  }
}
