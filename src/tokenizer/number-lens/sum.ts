import { sentence, VitrineError } from '../../shared/errors';
import type { Tokenizer } from '../tokenizer';
import { cut, edgesOf, type NumberToken } from './cut';

/** One of the three numbers of a sum. */
export interface Operand {
  digits: string;
  tokens: NumberToken[];
}

/** `a ± b = c`, with what each token covers. Places count from the right, 0 for the ones. */
export interface Sum {
  sign: '+' | '-';
  a: Operand;
  b: Operand;
  c: Operand;
  /** Places out of which something is carried into the next (in a difference: into which is borrowed from the next). */
  carries: number[];
  /**
   * Those of them whose next place, in the result (in a difference: in a), belongs to another token: there the digits
   * of one token depend on those of another.
   */
  crossings: number[];
}

const EXPRESSION = /^\s*(\d{1,40})\s*([+\-−])\s*(\d{1,40})\s*$/;

/** @throws VitrineError where the text is no sum or difference of two integers with a result of at least 0 */
export function layOutSum(tokenizer: Tokenizer, text: string): Sum {
  const [, left = '', operator, right = ''] = EXPRESSION.exec(text) ?? [];
  const sign = operator === '+' ? '+' : '-';
  const result = sign === '+' ? BigInt(left) + BigInt(right) : BigInt(left) - BigInt(right);
  if (operator === undefined || result < 0n) {
    throw new VitrineError(
      'numbers.sum',
      sentence`${JSON.stringify(text)} is no sum that can be laid out. Write two whole numbers with + or - between them, such as 999 + 1, with a result of 0 or more.`,
    );
  }
  const [a, b, c] = [left, right, `${result}`].map((digits) => ({ digits, tokens: cut(tokenizer, digits) })) as [
    Operand,
    Operand,
    Operand,
  ];
  const carries = carriesOf(a.digits, b.digits, sign);
  const row = sign === '+' ? c : a;
  const edges = new Set(edgesOf(row.tokens).map((edge) => row.digits.length - 1 - edge));
  return { sign, a, b, c, carries, crossings: carries.filter((place) => edges.has(place)) };
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
