/** A larger array than this is not kept for the next document. */
const MOST_KEPT = 1 << 20;

/** An array that is the same each time: whoever asked before has no use for it any more. */
export class Scratch<Numbers extends Int32Array | Uint8Array> {
  #kept: Numbers;

  constructor(readonly of: new (length: number) => Numbers) {
    this.#kept = new of(1 << 12);
  }

  /** With room for so many numbers, whatever they are. */
  room(length: number): Numbers {
    if (length <= this.#kept.length) return this.#kept;
    const larger = new this.of(2 ** Math.ceil(Math.log2(length)));
    if (length <= MOST_KEPT) this.#kept = larger;
    return larger;
  }

  /** Of which so many are zeros. */
  zeros(length: number): Numbers {
    const numbers = this.room(length);
    numbers.fill(0, 0, length);
    return numbers;
  }
}
