import { grown } from './numbers';

const FIRST_SLOTS = 1 << 12;

/** Short texts with a number each, found in a document by their characters, without being cut out of it. */
export class ChunkTable {
  count = 0;
  /** All characters, one text after another, and where each begins. */
  #units = new Uint16Array(1 << 15);
  #starts = new Int32Array(1 << 10);
  #hashes = new Int32Array(1 << 10);
  /** By hash, the number of a text + 1. */
  #slots = new Int32Array(FIRST_SLOTS);

  /** UTF-16 units of all texts. */
  get units(): number {
    return this.#starts[this.count] as number;
  }

  /** @returns the number of a part of a text, or -1 where it has none */
  find(units: Uint16Array, start: number, end: number, hash: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    for (let slot = mixed(hash) & mask; ; slot = (slot + 1) & mask) {
      const number = (slots[slot] as number) - 1;
      if (number === -1) return -1;
      if (this.#hashes[number] === hash && this.#isSame(number, units, start, end)) return number;
    }
  }

  /** @returns its number. It has none yet */
  add(units: Uint16Array, start: number, end: number, hash: number): number {
    const number = this.count++;
    const from = this.#starts[number] as number;
    if (this.count === this.#starts.length) {
      this.#starts = grown(this.#starts);
      this.#hashes = grown(this.#hashes);
    }
    while (from + end - start > this.#units.length) {
      const larger = new Uint16Array(this.#units.length * 2);
      larger.set(this.#units);
      this.#units = larger;
    }
    this.#units.set(units.subarray(start, end), from);
    this.#starts[this.count] = from + end - start;
    this.#hashes[number] = hash;
    if (this.count * 2 > this.#slots.length) this.#grow();
    else this.#put(number);
    return number;
  }

  #isSame(number: number, units: Uint16Array, start: number, end: number): boolean {
    const from = this.#starts[number] as number;
    if ((this.#starts[number + 1] as number) - from !== end - start) return false;
    for (let i = start; i < end; i++) if (this.#units[from + i - start] !== units[i]) return false;
    return true;
  }

  #grow(): void {
    this.#slots = new Int32Array(this.#slots.length * 2);
    for (let number = 0; number < this.count; number++) this.#put(number);
  }

  #put(number: number): void {
    const mask = this.#slots.length - 1;
    let slot = mixed(this.#hashes[number] as number) & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = number + 1;
  }
}

/** With its upper bits in the lower ones too. */
export function mixed(hash: number): number {
  const product = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return product ^ (product >>> 13);
}
