import type { Span } from './tokens';

/** A word of a text and the tokens that have a part of it. */
export interface Word extends Span {
  /** Its first and its last token, both included. */
  first: number;
  last: number;
}

const WORD = /[\p{L}\p{M}\p{N}_]+/gu;

/**
 * The words of a text: runs of letters, digits and underscores, which is what a person takes for one, in prose and in code.
 *
 * @returns UTF-16 offsets
 */
export function wordSpans(text: string): Span[] {
  return [...text.matchAll(WORD)].map(({ 0: word, index }) => ({ start: index, end: index + word.length }));
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
export function wordLogprob(logprobs: ArrayLike<number>, { first, last }: Pick<Word, 'first' | 'last'>): number {
  let sum = 0;
  for (let token = first; token <= last; token++) sum += logprobs[token] ?? Number.NaN;
  return sum;
}
