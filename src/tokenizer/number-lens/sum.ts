import { VitrineError } from '../../shared/errors';
import { readNumber } from '../../shared/numerals';
import type { Tokenizer } from '../tokenizer';
import { cut, edgesOf, missingDigits } from './cut';
import type { Language, Operand, Sum } from './report';
import { noSumSentence } from './sentences';

const EXPRESSION = /^(.+?)([+\-−])(.+)$/;

const WHOLE = /^\d+$/;

/**
 * @param language in whose notation the numbers are
 * @throws VitrineError where the text is no sum or difference of two integers with a result of at least 0
 */
export function layOutSum(tokenizer: Tokenizer, text: string, language: Language): Sum {
  const [, first = '', operator, second = ''] = EXPRESSION.exec(text) ?? [];
  const [left, right] = [readNumber(first, language) ?? '', readNumber(second, language) ?? ''];
  if (!WHOLE.test(left) || !WHOLE.test(right)) throw new VitrineError('numbers.sum', noSumSentence(text, language));
  const sign = operator === '+' ? '+' : '-';
  const result = sign === '+' ? BigInt(left) + BigInt(right) : BigInt(left) - BigInt(right);
  if (result < 0n) throw new VitrineError('numbers.sum', noSumSentence(text, language));
  const [a, b, c] = [left, right, `${result}`].map((digits) => ({ digits, tokens: cut(tokenizer, digits) })) as [
    Operand,
    Operand,
    Operand,
  ];
  const carries = carriesOf(a.digits, b.digits, sign);
  const row = sign === '+' ? c : a;
  const edges = new Set(edgesOf(row.tokens).map((edge) => row.digits.length - 1 - edge));
  const missing = missingDigits(tokenizer, [a, b, c].map(({ digits }) => digits).join(''));
  return { sign, a, b, c, missing, carries, crossings: carries.filter((place) => edges.has(place)) };
}

/** The places, from the right, out of which something is carried. */
function carriesOf(a: string, b: string, sign: '+' | '-'): number[] {
  const carries: number[] = [];
  let carry = 0;
  for (let place = 0; place < Math.max(a.length, b.length); place++) {
    const difference =
      sign === '+' ? digitAt(a, place) + digitAt(b, place) + carry - 9 : digitAt(b, place) + carry - digitAt(a, place);
    carry = difference > 0 ? 1 : 0;
    if (carry === 1) carries.push(place);
  }
  return carries;
}

function digitAt(digits: string, place: number): number {
  return Number(digits[digits.length - 1 - place] ?? 0);
}
