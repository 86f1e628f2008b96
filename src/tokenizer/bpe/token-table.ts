const NONE = -1;

/** Base of the polynomial hash. Any odd number with its bits well spread does. */
const BASE = 0x01000193;

/**
 * The bytes of every token, and the token of given bytes.
 *
 * The hash of bytes is a polynomial, so the hash of two joined tokens comes from their own two: whether two tokens
 * side by side make a third is asked without touching their bytes, unless they do.
 */
export class TokenTable {
  readonly size: number;
  private readonly hashes: Int32Array;
  /** Powers of `BASE` up to the longest token. */
  private readonly powers: Int32Array;
  /** Open addressing: a token id or NONE. */
  private readonly slots: Int32Array;

  /** Token `id` is `bytes[starts[id], ends[id])`; an id without bytes is no token. */
  constructor(
    private readonly starts: Uint32Array,
    private readonly ends: Uint32Array,
    private readonly bytes: Uint8Array,
  ) {
    this.size = starts.length;
    let longest = 0;
    for (let id = 0; id < this.size; id++) longest = Math.max(longest, this.lengthOf(id));
    this.hashes = new Int32Array(this.size);
    this.powers = new Int32Array(longest + 1);
    for (let i = 0, power = 1; i <= longest; i++, power = Math.imul(power, BASE)) this.powers[i] = power;
    this.slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * this.size + 2))).fill(NONE);
  }

  /** Lets `find` and `findJoined` give this token; of several with the same bytes, the first one added. */
  add(id: number): void {
    const start = this.starts[id] ?? 0;
    const end = this.ends[id] ?? 0;
    const hash = this.hash(this.bytes, start, end);
    this.hashes[id] = hash;
    const mask = this.slots.length - 1;
    let slot = spread(hash) & mask;
    for (let other = this.slots[slot] ?? NONE; other !== NONE; other = this.slots[slot] ?? NONE) {
      if (this.hashes[other] === hash && this.equals(other, this.bytes, start, end)) return;
      slot = (slot + 1) & mask;
    }
    this.slots[slot] = id;
  }

  lengthOf(id: number): number {
    return (this.ends[id] ?? 0) - (this.starts[id] ?? 0);
  }

  byteAt(id: number, index: number): number {
    return this.bytes[(this.starts[id] ?? 0) + index] ?? 0;
  }

  /** Of an id beyond the table there are none. */
  bytesOf(id: number): Uint8Array {
    return this.bytes.subarray(this.starts[id] ?? 0, this.ends[id] ?? 0);
  }

  /** The token with the bytes `bytes[start, end)`, or -1. */
  find(bytes: Uint8Array, start: number, end: number): number {
    if (end - start >= this.powers.length) return NONE;
    const hash = this.hash(bytes, start, end);
    const mask = this.slots.length - 1;
    for (let slot = spread(hash) & mask; ; slot = (slot + 1) & mask) {
      const id = this.slots[slot] ?? NONE;
      if (id === NONE || (this.hashes[id] === hash && this.equals(id, bytes, start, end))) return id;
    }
  }

  /** The token with the text `units[start, end)`, or -1: also where the text is not ASCII. */
  findAscii(units: Uint16Array, start: number, end: number): number {
    if (end - start >= this.powers.length) return NONE;
    let hash = 0;
    for (let i = start; i < end; i++) {
      const unit = units[i] ?? 0;
      if (unit > 0x7f) return NONE;
      hash = (Math.imul(hash, BASE) + unit + 1) | 0;
    }
    const mask = this.slots.length - 1;
    for (let slot = spread(hash) & mask; ; slot = (slot + 1) & mask) {
      const id = this.slots[slot] ?? NONE;
      if (id === NONE || (this.hashes[id] === hash && this.equalsUnits(id, units, start, end))) return id;
    }
  }

  /** The token with the bytes of `left` and then those of `right`, or -1. Both were added. */
  findJoined(left: number, right: number): number {
    const rightLength = this.lengthOf(right);
    if (this.lengthOf(left) + rightLength >= this.powers.length) return NONE;
    const hash = (Math.imul(this.hashes[left] ?? 0, this.powers[rightLength] ?? 0) + (this.hashes[right] ?? 0)) | 0;
    const mask = this.slots.length - 1;
    for (let slot = spread(hash) & mask; ; slot = (slot + 1) & mask) {
      const id = this.slots[slot] ?? NONE;
      if (id === NONE || (this.hashes[id] === hash && this.isJoined(id, left, right))) return id;
    }
  }

  private isJoined(id: number, left: number, right: number): boolean {
    const start = this.starts[id] ?? 0;
    const middle = start + this.lengthOf(left);
    return this.equals(left, this.bytes, start, middle) && this.equals(right, this.bytes, middle, this.ends[id] ?? 0);
  }

  private equals(id: number, bytes: Uint8Array, start: number, end: number): boolean {
    const offset = this.starts[id] ?? 0;
    if (this.lengthOf(id) !== end - start) return false;
    for (let i = 0; i < end - start; i++) if (this.bytes[offset + i] !== bytes[start + i]) return false;
    return true;
  }

  private equalsUnits(id: number, units: Uint16Array, start: number, end: number): boolean {
    const offset = this.starts[id] ?? 0;
    if (this.lengthOf(id) !== end - start) return false;
    for (let i = 0; i < end - start; i++) if (this.bytes[offset + i] !== units[start + i]) return false;
    return true;
  }

  private hash(bytes: Uint8Array, start: number, end: number): number {
    let hash = 0;
    // A zero byte must count, hence the 1.
    for (let i = start; i < end; i++) hash = (Math.imul(hash, BASE) + (bytes[i] ?? 0) + 1) | 0;
    return hash;
  }
}

/** Mixes all bits of a hash into the low ones, which choose the slot. */
function spread(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return mixed ^ (mixed >>> 13);
}
