import type { Tokenizer } from '../tokenizer';
import { cut, missingDigits } from './cut';

/** Longer than any piece of digits that a limit allows. */
const MANY_DIGITS = '1234567890'.repeat(4);

const TWO_DIGITS = Array.from({ length: 100 }, (_, number) => `${number}`.padStart(2, '0'));
const ONE_DIGIT = Array.from({ length: 10 }, (_, digit) => `${digit}`);

/** How a vocabulary takes numbers, as its own split and tokens show: nothing here goes by its name. */
export interface NumberRule {
  /** How many digits can become one token at most; undefined where only the merges limit it. */
  digitsAPiece: number | undefined;
  /** Whether a space before a number can share a token with its first digit. */
  takesSpace: boolean;
  /** The digits that the vocabulary has no token for: nothing of them reaches a model. */
  missing: string[];
}

export function numberRule(tokenizer: Tokenizer): NumberRule {
  return {
    missing: missingDigits(tokenizer, ONE_DIGIT.join('')),
    digitsAPiece: digitsAPiece(tokenizer),
    takesSpace: ONE_DIGIT.some((digit) =>
      cut(tokenizer, `a ${digit}`).some(({ start, end }) => start <= 1 && end === 3),
    ),
  };
}

function digitsAPiece(tokenizer: Tokenizer): number | undefined {
  const { end } = tokenizer.pieceAt(MANY_DIGITS, 0);
  if (end < MANY_DIGITS.length) return end;
  // SentencePiece cuts nothing before it merges; but where no two digits merge, no more do.
  return TWO_DIGITS.some((digits) => cut(tokenizer, digits).length === 1) ? undefined : 1;
}
