import type { Span } from './tokens';

/** A word of a text and the tokens that have a part of it. */
export interface Word extends Span {
  /** Its first and its last token, both included. */
  first: number;
  last: number;
}

/** A run of tokens, both ends included. */
export type TokenRun = Pick<Word, 'first' | 'last'>;

const LETTERS = String.raw`[\p{L}\p{M}\p{N}_]+`;
const WORD = new RegExp(LETTERS, 'gu');
const AT_END = new RegExp(`${LETTERS}$`, 'u');
const AT_START = new RegExp(`^${LETTERS}`, 'u');

/**
 * The words of a text: runs of letters, digits and underscores, which is what a person takes for one, in prose and in code.
 *
 * @returns UTF-16 offsets
 */
export function wordSpans(text: string): Span[] {
  return [...text.matchAll(WORD)].map(({ 0: word, index }) => ({ start: index, end: index + word.length }));
}

/** What a word goes on with after the place where a text is cut; empty where it is not cut inside a word. */
export function restOfWord(before: string, after: string): string {
  return AT_END.test(before) ? (AT_START.exec(after)?.[0] ?? '') : '';
}

/** Offsets as tokenizers give them, a span a token. */
export function spansOf(starts: ArrayLike<number>, ends: ArrayLike<number>): Span[] {
  return Array.from(starts, (start, i) => ({ start, end: ends[i] ?? start }));
}

/**
 * The words of a text with their tokens. A space that a token has before a word is no part of the word; a token that has parts
 * of two words belongs to both; a word that no token has is left out.
 *
 * @param tokens UTF-16 offsets in the text, in order
 */
export function wordsOf(text: string, tokens: readonly Span[]): Word[] {
  const words: Word[] = [];
  let first = 0;
  for (const { start, end } of wordSpans(text)) {
    while ((tokens[first]?.end ?? Number.POSITIVE_INFINITY) <= start) first++;
    let after = first;
    while ((tokens[after]?.start ?? Number.POSITIVE_INFINITY) < end) after++;
    if (after > first) words.push({ start, end, first, last: after - 1 });
  }
  return words;
}

/**
 * What a word costs: the sum over its tokens, each given the ones before.
 *
 * @param logprobs one a token, natural logarithms; NaN where nothing predicts it
 * @returns natural logarithm of the probability of all of them; NaN where one has no prediction
 */
export function wordLogprob(logprobs: ArrayLike<number>, { first, last }: TokenRun): number {
  let sum = 0;
  for (let token = first; token <= last; token++) sum += logprobs[token] ?? Number.NaN;
  return sum;
}

/** All tokens in order, in runs: those of a word together (of words that share a token, all), any other by itself. */
export function wordRuns(words: readonly TokenRun[], count: number): TokenRun[] {
  const runs: TokenRun[] = [];
  const addUpTo = (end: number) => {
    for (let token = (runs.at(-1)?.last ?? -1) + 1; token < end; token++) runs.push({ first: token, last: token });
  };
  for (const { first, last } of words) {
    addUpTo(first);
    const before = runs.at(-1);
    if (before && before.last >= first) before.last = Math.max(before.last, last);
    else runs.push({ first, last });
  }
  addUpTo(count);
  return runs;
}
