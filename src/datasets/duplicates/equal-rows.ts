const NONE = -1;

/** Finds rows of numbers that are equal, in one column after another, by a table with open addressing of which half stays empty. */
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

  /** The first row of each group of more than one, in order. */
  *firstsIn(column: Uint32Array): Generator<number> {
    this.#slots.fill(NONE);
    this.#next.fill(NONE);
    this.#hasEarlier.fill(0);
    const rows = column.length / this.#width;
    for (let row = 0; row < rows; row++) {
      const slot = this.#slotOf(column, row);
      const last = this.#slots[slot] as number;
      this.#slots[slot] = row;
      if (last === NONE) continue;
      this.#next[last] = row;
      this.#hasEarlier[row] = 1;
    }
    for (let row = 0; row < rows; row++) if (this.#next[row] !== NONE && this.#hasEarlier[row] === 0) yield row;
  }

  /** The next row that is equal to one. */
  after(row: number): number | undefined {
    const next = this.#next[row] as number;
    return next === NONE ? undefined : next;
  }

  /** Where the last row that is equal to this one is, or where this one goes. Rows are hashes, so their beginning is one too. */
  #slotOf(column: Uint32Array, row: number): number {
    const mask = this.#slots.length - 1;
    let slot = (column[row * this.#width] as number) & mask;
    while (this.#slots[slot] !== NONE && !this.#isEqual(column, this.#slots[slot] as number, row))
      slot = (slot + 1) & mask;
    return slot;
  }

  #isEqual(column: Uint32Array, a: number, b: number): boolean {
    for (let i = 0; i < this.#width; i++) {
      if (column[a * this.#width + i] !== column[b * this.#width + i]) return false;
    }
    return true;
  }
}
