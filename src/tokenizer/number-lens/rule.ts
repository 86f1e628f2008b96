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
  const [digits = 0] = bordersOf(tokenizer, MANY_DIGITS);
  return {
    digitsAPiece: digits === MANY_DIGITS.length ? undefined : digits,
    takesSpace: !bordersOf(tokenizer, 'a 1').includes(2),
  };
}

/** Where the pieces of a text end across which nothing is merged. */
function bordersOf(tokenizer: Tokenizer, text: string): number[] {
  const borders: number[] = [];
  const scan = tokenizer.scan(text, {}, true);
  while (!scan.done) {
    scan.step();
    borders.push(scan.at);
  }
  return borders;
}
