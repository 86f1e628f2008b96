const BITS = 2 ** 22;

/**
 * A set of pairs of numbers, kept as bits of a hash: it may also hold pairs that were never added, and so fits only
 * where that does no harm.
 */
export class PairSet {
  private readonly bits = new Uint8Array(BITS / 8);

  add(left: number, right: number): void {
    const bit = bitOf(left, right);
    this.bits[bit >> 3] = (this.bits[bit >> 3] ?? 0) | (1 << (bit & 7));
  }

  has(left: number, right: number): boolean {
    const bit = bitOf(left, right);
    return ((this.bits[bit >> 3] ?? 0) & (1 << (bit & 7))) !== 0;
  }
}

function bitOf(left: number, right: number): number {
  const hash = Math.imul(Math.imul(left, 0x9e3779b1) + right, 0x85ebca6b);
  return (hash ^ (hash >>> 15)) & (BITS - 1);
}
