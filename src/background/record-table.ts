/** Of a key, which is the beginning of a SHA-256: chance makes two of them alike once in 2^64 pairs. */
export const KEY_BYTES = 16;

const KEY_WORDS = KEY_BYTES / 4;
const FULLEST = 0.7;
const SMALLEST = 1024;

/**
 * A few numbers by key, in arrays: a million of them take 60 MB, where a Map of texts would take four times as much. Open
 * addressing with linear probing; nothing is removed.
 */
export class RecordTable {
  readonly #width: number;
  #keys = new Uint32Array(SMALLEST * KEY_WORDS);
  #values: Float64Array;
  #isUsed = new Uint8Array(SMALLEST);
  #size = 0;

  /** @param width numbers of a record */
  constructor(width: number) {
    this.#width = width;
    this.#values = new Float64Array(SMALLEST * width);
  }

  get size(): number {
    return this.#size;
  }

  get(key: Uint32Array): Float64Array | undefined {
    const slot = this.#slotOf(key);
    return this.#isUsed[slot] === 1 ? this.#values.slice(slot * this.#width, (slot + 1) * this.#width) : undefined;
  }

  set(key: Uint32Array, values: ArrayLike<number>): void {
    if (this.#size >= FULLEST * this.#isUsed.length) this.#grow();
    const slot = this.#slotOf(key);
    this.#size += 1 - (this.#isUsed[slot] as number);
    this.#isUsed[slot] = 1;
    this.#keys.set(key, slot * KEY_WORDS);
    this.#values.set(values, slot * this.#width);
  }

  /** Where a key is, or would be. */
  #slotOf(key: Uint32Array): number {
    const slots = this.#isUsed.length;
    let slot = (key[0] as number) % slots;
    while (this.#isUsed[slot] === 1 && !this.#isAt(slot, key)) slot = (slot + 1) % slots;
    return slot;
  }

  #isAt(slot: number, key: Uint32Array): boolean {
    for (let word = 0; word < KEY_WORDS; word++) {
      if (this.#keys[slot * KEY_WORDS + word] !== key[word]) return false;
    }
    return true;
  }

  #grow(): void {
    const [keys, values, isUsed] = [this.#keys, this.#values, this.#isUsed];
    const slots = 2 * isUsed.length;
    this.#keys = new Uint32Array(slots * KEY_WORDS);
    this.#values = new Float64Array(slots * this.#width);
    this.#isUsed = new Uint8Array(slots);
    this.#size = 0;
    for (const [slot, used] of isUsed.entries()) {
      if (used === 0) continue;
      const key = keys.subarray(slot * KEY_WORDS, (slot + 1) * KEY_WORDS);
      this.set(key, values.subarray(slot * this.#width, (slot + 1) * this.#width));
    }
  }
}
