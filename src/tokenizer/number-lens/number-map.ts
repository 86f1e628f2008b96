import { atOnce } from '../slices';
import type { Tokenizer } from '../tokenizer';
import { cut, missingDigits } from './cut';

/** How many integers the map holds: 0 to 9999. */
export const MAP_SIZE = 10_000;

/** Integers above it are not looked at for the first that is not one token. */
const SEARCH_END = 1_000_000;

/** Integers between two looks at the clock: well under a millisecond. */
const STEP = 64;

export interface NumberMap {
  /** Tokens of each integer, standing alone; 0 where the vocabulary lacks a digit of it: Uint8Array // [10000] */
  counts: Uint8Array;
  /** The smallest integer that is not one token; undefined where all below a million are. */
  firstSplit: number | undefined;
  /** Of the integers with 1, 2, 3 and 4 digits, the share that is one token. */
  shares: number[];
}

export function numberMap(tokenizer: Tokenizer): NumberMap {
  return atOnce(numberMapSteps(tokenizer));
}

/** The same in steps, for a thread that may not be held up. */
export function* numberMapSteps(tokenizer: Tokenizer): Generator<undefined, NumberMap> {
  const counts = new Uint8Array(MAP_SIZE);
  const missing = missingDigits(tokenizer, '0123456789');
  const count = (digits: string) =>
    missing.some((digit) => digits.includes(digit)) ? 0 : cut(tokenizer, digits).length;
  for (let number = 0; number < MAP_SIZE; number++) {
    counts[number] = count(`${number}`);
    if (number % STEP === 0) yield;
  }
  return {
    counts,
    firstSplit: yield* firstSplitSteps(counts, count),
    shares: [1, 2, 3, 4].map((digits) => share(counts, digits)),
  };
}

function* firstSplitSteps(
  counts: Uint8Array,
  count: (digits: string) => number,
): Generator<undefined, number | undefined> {
  for (let number = 0; number < SEARCH_END; number++) {
    if ((counts[number] ?? count(`${number}`)) !== 1) return number;
    if (number % STEP === 0) yield;
  }
  return undefined;
}

function share(counts: Uint8Array, digits: number): number {
  const first = digits === 1 ? 0 : 10 ** (digits - 1);
  const range = counts.subarray(first, 10 ** digits);
  return range.filter((count) => count === 1).length / range.length;
}
