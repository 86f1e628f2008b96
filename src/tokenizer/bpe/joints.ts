import { PairSet } from '../splits/pair-set';

/** Key of a character of which a token holds only the first bytes: this and the first of them. */
const BEGINNING = 0x110000;
/** Key of a character of which a token holds only the last bytes: this and the first of those. */
const END = 0x110100;
const KEYS = 0x110200;

export function beginningKey(first: number): number {
  return BEGINNING + first;
}

export function endKey(first: number): number {
  return END + first;
}

/** Which neighbours stand together in a token: characters and, at its borders, parts of them. */
export class Joints {
  private readonly pairs = new PairSet();
  /** By key: whether it stands beside a part of a character. Few do, so most questions are answered by one look. */
  private readonly besidePart = new Uint8Array(KEYS);

  add(left: number, right: number): void {
    this.pairs.add(left, right);
    if (right >= BEGINNING) this.besidePart[left] = 1;
    if (left >= BEGINNING) this.besidePart[right] = 1;
  }

  /** Whether any token holds both of two characters of three bytes, or a part of each. */
  has(left: number, right: number): boolean {
    const { pairs, besidePart } = this;
    if (pairs.has(left, right)) return true;
    const end = endKey(0x80 | (left & 0x3f));
    if (((besidePart[left] ?? 0) | (besidePart[right] ?? 0) | (besidePart[end] ?? 0)) === 0) return false;
    const beginning = beginningKey(0xe0 | (right >> 12));
    return pairs.has(left, beginning) || pairs.has(end, right) || pairs.has(end, beginning);
  }
}
