import { PairSet } from '../splits/pair-set';
import type { Split } from '../splits/split';
import { codePointAt, unitsOf } from '../unicode/character-class';
import { markFor } from './space-mark';

/**
 * Which characters stand side by side in any token.
 *
 * SentencePiece merges across the whole text. But no merge joins two characters that no token holds side by side, so
 * the text can be cut there, and each piece merged and remembered by itself.
 */
export class Neighbours {
  private readonly pairs = new PairSet();

  /** @param text of a token, with `▁` for spaces */
  add(text: string): void {
    let previous = -1;
    for (const character of text) {
      const point = character.codePointAt(0) ?? 0;
      if (previous >= 0) this.pairs.add(previous, point);
      previous = point;
    }
  }

  /** Cuts where no token reaches across. */
  readonly split: Split = (units, from, end) => {
    let point = codePointAt(units, from, end);
    let at = from + unitsOf(point);
    while (at < end) {
      const next = codePointAt(units, at, end);
      if (!this.pairs.has(markFor(point), markFor(next))) return at;
      point = next;
      at += unitsOf(next);
    }
    return end;
  };
}
