import type { Compared } from './compared';

/** A token that one of the models found probable at a place, or that stands there. */
export interface Guess {
  id: number;
  logprob: number;
  /** From 0. */
  rank: number;
  /** Where ranks are known only up to a number: a token of that rank has it at least. */
  rankLimit: number | undefined;
  /** Whether it stands there. */
  stands: boolean;
  /** The row that it is drawn in; between the first guesses and one far below them a row is left free. */
  row: number;
}

/** What both models would say at a place, the most probable first; the token that stands there is last where it is none of them. */
export interface GuessPair {
  a: Guess[];
  b: Guess[];
  /** Rows of the longer of both. */
  rows: number;
}

export function guessesAt(compared: Compared, index: number): GuessPair {
  const { a, b, ids, topK } = compared.text.tokens;
  const id = ids[index] ?? 0;
  const of = ({ topIds, topLogprobs, logprob, rank, rankLimit }: typeof a): Guess[] => {
    const first = index * topK;
    const guesses = Array.from(topIds.subarray(first, first + topK), (top, place) => ({
      id: top,
      logprob: topLogprobs[first + place] ?? Number.NEGATIVE_INFINITY,
      rank: place,
      rankLimit,
      stands: top === id,
      row: place,
    }));
    if (guesses.some(({ stands }) => stands)) return guesses;
    const own = { id, logprob: logprob[index] ?? Number.NaN, rank: rank[index] ?? 0, rankLimit, stands: true };
    return [...guesses, { ...own, row: topK === 0 ? 0 : topK + 1 }];
  };
  const [ofA, ofB] = [of(a), of(b)];
  return { a: ofA, b: ofB, rows: 1 + Math.max(...[...ofA, ...ofB].map(({ row }) => row)) };
}

/** Rows of both sides that have the same token. */
export function links({ a, b }: GuessPair): { from: Guess; to: Guess }[] {
  return a.flatMap((from) => {
    const to = b.find(({ id }) => id === from.id);
    return to ? [{ from, to }] : [];
  });
}
