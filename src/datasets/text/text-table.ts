import { grown } from './numbers';

const FIRST_SLOTS = 1 << 13;
const HASH_FACTOR = 0x01000193;

/** Short texts with a number each, found in a document by their UTF-16 units, without being cut out of it. */
export class TextTable {
  count = 0;
  /** The units of all texts, one behind another, and where each begins. */
  #units = new Uint16Array(1 << 15);
  #starts = new Int32Array(1 << 10);
  /** By hash, two numbers each: the hash, and the number of its text + 1. */
  #slots = new Int32Array(FIRST_SLOTS);

  /** Of all texts. */
  get unitCount(): number {
    return this.#starts[this.count] as number;
  }

  /** @param hash of the part (`hashOf`). @returns the number of a part of a text, or -1 where it has none */
  find(units: Uint16Array, start: number, end: number, hash: number): number {
    const slots = this.#slots;
    const mask = slots.length - 2;
    let slot = mixed(hash) & mask;
    let number = (slots[slot + 1] as number) - 1;
    while (number !== -1 && (slots[slot] !== hash || !this.#isSame(number, units, start, end))) {
      slot = (slot + 2) & mask;
      number = (slots[slot + 1] as number) - 1;
    }
    return number;
  }

  /** @returns its number. It has none yet */
  add(units: Uint16Array, start: number, end: number, hash: number): number {
    const number = this.count++;
    const from = this.#starts[number] as number;
    if (this.count === this.#starts.length) this.#starts = grown(this.#starts);
    while (from + end - start > this.#units.length) {
      const larger = new Uint16Array(this.#units.length * 2);
      larger.set(this.#units);
      this.#units = larger;
    }
    this.#units.set(units.subarray(start, end), from);
    this.#starts[this.count] = from + end - start;
    if (this.count * 4 > this.#slots.length) this.#grow();
    this.#put(hash, number);
    return number;
  }

  #isSame(number: number, units: Uint16Array, start: number, end: number): boolean {
    const own = this.#units;
    let at = this.#starts[number] as number;
    if ((this.#starts[number + 1] as number) - at !== end - start) return false;
    for (let i = start; i < end; i++) if (own[at++] !== units[i]) return false;
    return true;
  }

  #grow(): void {
    const smaller = this.#slots;
    this.#slots = new Int32Array(smaller.length * 2);
    for (let slot = 0; slot < smaller.length; slot += 2) {
      const number = (smaller[slot + 1] as number) - 1;
      if (number !== -1) this.#put(smaller[slot] as number, number);
    }
  }

  #put(hash: number, number: number): void {
    const mask = this.#slots.length - 2;
    let slot = mixed(hash) & mask;
    while (this.#slots[slot + 1] !== 0) slot = (slot + 2) & mask;
    this.#slots[slot] = hash;
    this.#slots[slot + 1] = number + 1;
  }
}

/** The hash of a text by that of what stands before its last unit, which is 0 of nothing (FNV-1). */
export function hashWith(hash: number, unit: number): number {
  return Math.imul(hash ^ unit, HASH_FACTOR);
}

export function hashOf(units: Uint16Array, start: number, end: number): number {
  let hash = 0;
  for (let i = start; i < end; i++) hash = hashWith(hash, units[i] as number);
  return hash;
}

/** With its upper bits in the lower ones too. */
export function mixed(hash: number): number {
  const product = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return product ^ (product >>> 13);
}
