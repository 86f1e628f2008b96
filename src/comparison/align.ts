import { type AlignedSpan, alignSpans } from './align-spans';
import type { ReadTokens } from './read-tokens';

/** What of a text can be held against what, under two models. */
export interface Alignment {
  /** Positions of the same tokens, pair by pair, in the traces of A and of B; none of different vocabularies. */
  positionsA: Uint32Array;
  positionsB: Uint32Array;
  /** All of the text that both predict, in order, in parts that are as small as both vocabularies let them be. */
  spans: AlignedSpan[];
}

/**
 * Finds what two models say of the same text that can be compared. Tokens are pairs where both vocabularies are the same and
 * the same token stands over the same bytes. Of anything else only sums can be compared, over characters at which both are cut
 * off: a token that ends within a character belongs to the part with all of that character.
 */
export function align(a: ReadTokens, b: ReadTokens, { sameVocabulary }: { sameVocabulary: boolean }): Alignment {
  const pairs = sameVocabulary ? pairsOf(a, b) : [];
  return {
    positionsA: Uint32Array.from(pairs, ([entry]) => (a.first ?? 0) + entry),
    positionsB: Uint32Array.from(pairs, ([, entry]) => (b.first ?? 0) + entry),
    spans: alignSpans(a, b),
  };
}

/** Entries of the same tokens that something predicts. */
function pairsOf(a: ReadTokens, b: ReadTokens): [number, number][] {
  const pairs: [number, number][] = [];
  let [i, j] = [0, 0];
  while (i < a.ids.length && j < b.ids.length) {
    const order = compared(a, i, b, j);
    const isPredicted = (a.first ?? 0) + i > 0 && (b.first ?? 0) + j > 0;
    const isEmpty = a.byteStarts[i] === a.byteEnds[i];
    if (order === 0 && a.ids[i] === b.ids[j] && isPredicted && !isEmpty) pairs.push([i, j]);
    if (order <= 0) i++;
    if (order >= 0) j++;
  }
  return pairs;
}

/** Which of two tokens comes first in the text: negative for the first, 0 where both stand over the same bytes. */
function compared(a: ReadTokens, i: number, b: ReadTokens, j: number): number {
  const byStart = (a.byteStarts[i] as number) - (b.byteStarts[j] as number);
  return byStart !== 0 ? byStart : (a.byteEnds[i] as number) - (b.byteEnds[j] as number);
}
