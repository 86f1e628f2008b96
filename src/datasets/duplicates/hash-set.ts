/** Hashes of 64 bits as pairs of numbers of 32: a million takes 16 MB, where a Set of BigInts would take five times as much. */
export class HashSet {
  size = 0;
  /** Two numbers a slot, by open addressing; an empty slot has two zeros, which no hash has but once in 2^64. */
  #slots = new Uint32Array(2 * 1024);

  add(low: number, high: number): void {
    if (4 * this.size >= this.#slots.length) this.#grow();
    const slot = this.#slotOf(low, high);
    if (this.#slots[slot] === 0 && this.#slots[slot + 1] === 0) this.size++;
    this.#slots[slot] = low;
    this.#slots[slot + 1] = high;
  }

  has(low: number, high: number): boolean {
    const slot = this.#slotOf(low, high);
    return this.#slots[slot] === low && this.#slots[slot + 1] === high;
  }

  /** Where a hash is, or would be. */
  #slotOf(low: number, high: number): number {
    const mask = this.#slots.length / 2 - 1;
    let slot = low & mask;
    while (!this.#isAt(slot, low, high) && !this.#isAt(slot, 0, 0)) slot = (slot + 1) & mask;
    return 2 * slot;
  }

  #isAt(slot: number, low: number, high: number): boolean {
    return this.#slots[2 * slot] === low && this.#slots[2 * slot + 1] === high;
  }

  #grow(): void {
    const slots = this.#slots;
    this.#slots = new Uint32Array(2 * slots.length);
    this.size = 0;
    for (let i = 0; i < slots.length; i += 2) {
      const [low, high] = [slots[i] as number, slots[i + 1] as number];
      if (low !== 0 || high !== 0) this.add(low, high);
    }
  }
}
