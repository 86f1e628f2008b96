import type { Split } from '../splits/split';
import { codePointAt, unitsOf } from '../unicode/character-class';
import { SPACE_MARK } from './alphabet';

const BLANK = 0x20;
const MARK = SPACE_MARK.codePointAt(0) ?? 0;
const BITS = 2 ** 22;

/**
 * Which characters stand side by side in any token.
 *
 * SentencePiece merges across the whole text. But no merge joins two characters that no token holds side by side, so
 * the text can be cut there, and each piece merged and remembered by itself. The pairs are kept as bits of a hash: a
 * false hit makes a longer piece and the same tokens.
 */
export class Neighbours {
  private readonly bits = new Uint8Array(BITS / 8);

  /** @param text of a token, with `▁` for spaces */
  add(text: string): void {
    let previous = -1;
    for (const character of text) {
      const point = character.codePointAt(0) ?? 0;
      if (previous >= 0) {
        const bit = bitOf(previous, point);
        this.bits[bit >> 3] = (this.bits[bit >> 3] ?? 0) | (1 << (bit & 7));
      }
      previous = point;
    }
  }

  /** Cuts where no token reaches across. */
  readonly split: Split = (units, from, end) => {
    let point = codePointAt(units, from, end);
    let at = from + unitsOf(point);
    while (at < end) {
      const next = codePointAt(units, at, end);
      if (!this.has(markFor(point), markFor(next))) return at;
      point = next;
      at += unitsOf(next);
    }
    return end;
  };

  private has(left: number, right: number): boolean {
    const bit = bitOf(left, right);
    return ((this.bits[bit >> 3] ?? 0) & (1 << (bit & 7))) !== 0;
  }
}

function markFor(point: number): number {
  return point === BLANK ? MARK : point;
}

function bitOf(left: number, right: number): number {
  const hash = Math.imul(Math.imul(left, 0x9e3779b1) + right, 0x85ebca6b);
  return (hash ^ (hash >>> 15)) & (BITS - 1);
}
