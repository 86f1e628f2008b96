import type { Slices } from '../work/slices';

const NONE = -1;

/** Rows between two looks at the clock. */
const STRIDE = 4096;

/**
 * Finds rows that are equal by their digests (`RowDigests`), in a table with open addressing of which half stays empty. Rows of
 * zeros are equal to none.
 */
export class EqualRows {
  /** Of each group its last row so far. */
  readonly #slots: Int32Array;
  /** Of each row the next that is equal to it. */
  readonly #next: Int32Array;
  readonly #hasEarlier: Uint8Array;

  constructor(rows: number) {
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * rows + 1)));
    this.#next = new Int32Array(rows);
    this.#hasEarlier = new Uint8Array(rows);
  }

  /** Looks through rows anew. @throws AbortError */
  async find(digests: Uint32Array, slices: Slices): Promise<void> {
    this.#slots.fill(NONE);
    this.#next.fill(NONE);
    this.#hasEarlier.fill(0);
    const rows = this.#next.length;
    for (let from = 0; from < rows; from += STRIDE) {
      this.#findSome(digests, from, Math.min(rows, from + STRIDE));
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

  #findSome(digests: Uint32Array, from: number, to: number): void {
    for (let row = from; row < to; row++) {
      if (digests[2 * row] === 0 && digests[2 * row + 1] === 0) continue;
      const slot = this.#slotOf(digests, row);
      const last = this.#slots[slot] as number;
      this.#slots[slot] = row;
      if (last === NONE) continue;
      this.#next[last] = row;
      this.#hasEarlier[row] = 1;
    }
  }

  /** Where the last row that is equal to this one is, or where this one goes. */
  #slotOf(digests: Uint32Array, row: number): number {
    const mask = this.#slots.length - 1;
    const [low, high] = [digests[2 * row] as number, digests[2 * row + 1] as number];
    for (let slot = low & mask; ; slot = (slot + 1) & mask) {
      const other = this.#slots[slot] as number;
      if (other === NONE || (digests[2 * other] === low && digests[2 * other + 1] === high)) return slot;
    }
  }
}
