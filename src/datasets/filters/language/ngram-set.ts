import { hashOfKey } from './ngram-table';

/** More than twice as many as a set has room for: a power of two. */
const SLOTS = 1 << 10;

/** The n-grams of the beginning of a text, each once, by their keys: fewer than 512. */
export class NgramSet {
  size = 0;
  /** In the order in which they were added. */
  readonly keys = new Float64Array(SLOTS / 2);
  /** By hash, the place of a key, plus one. */
  readonly #slots = new Uint16Array(SLOTS);

  add(key: number): void {
    let slot = hashOfKey(key) & (SLOTS - 1);
    for (; this.#slots[slot] !== 0; slot = (slot + 1) & (SLOTS - 1)) {
      if (this.keys[(this.#slots[slot] as number) - 1] === key) return;
    }
    this.keys[this.size++] = key;
    this.#slots[slot] = this.size;
  }

  clear(): void {
    this.size = 0;
    this.#slots.fill(0);
  }
}
