import type { Span } from '../../shared/tokens';
import { wordLogprob, wordsOf } from '../../shared/words';
import { firstTokenAfter, type ReadingPart } from '../readings/reading';

/** A word of several tokens. */
export interface ReadWord {
  text: string;
  /** Its first and its last token in the part, both included. */
  first: number;
  last: number;
  /** Natural logarithm of the probability of all of them; NaN where one is not predicted. */
  logprob: number;
}

/**
 * The word that a token is a part of, where it is one of several.
 *
 * @param around a piece of the document with that word whole
 * @param offset where the piece begins, in UTF-16 units
 */
export function wordOfToken(part: ReadingPart, index: number, around: string, offset: number): ReadWord | undefined {
  const from = firstTokenAfter(part, offset);
  const spans: Span[] = [];
  for (let i = from; i < part.ids.length && (part.starts[i] ?? 0) < offset + around.length; i++) {
    spans.push({ start: (part.starts[i] ?? 0) - offset, end: (part.ends[i] ?? 0) - offset });
  }
  const word = wordsOf(around, spans).find(({ first, last }) => first <= index - from && index - from <= last);
  if (!word || word.first === word.last) return undefined;
  const tokens = { first: from + word.first, last: from + word.last };
  return {
    text: around.slice(word.start, word.end),
    ...tokens,
    logprob: wordLogprob(part.predictions.logprob, tokens),
  };
}
