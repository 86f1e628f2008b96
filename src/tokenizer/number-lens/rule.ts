import type { Tokenizer } from '../tokenizer';

/** Longer than any piece of digits that a limit allows. */
const MANY_DIGITS = '1234567890'.repeat(4);

/** How a vocabulary takes numbers, as its own split shows: nothing here goes by its name. */
export interface NumberRule {
  /** How many digits a piece holds at most; undefined where there is no limit. Merges never reach across pieces. */
  digitsAPiece: number | undefined;
  /** Whether a space before a number is in one piece with its digits. */
  takesSpace: boolean;
}

export function numberRule(tokenizer: Tokenizer): NumberRule {
  const first = tokenizer.pieceAt(MANY_DIGITS, 0);
  const spaced = tokenizer.pieceAt('a 1', 2);
  return {
    digitsAPiece: first.end === MANY_DIGITS.length ? undefined : first.end,
    takesSpace: spaced.start === 1,
  };
}
