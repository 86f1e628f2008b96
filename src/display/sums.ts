import { knownRankClass } from './bounds';
import type { RankClass } from './rank-class';

/** What some tokens of a text come to together. */
export interface Sums {
  /** How many tokens have a prediction: all but the first of the text. */
  predicted: number;
  /** Natural logarithm of the probability of those, one after another. */
  logprob: number;
  /** exp(−logprob / predicted); undefined where nothing is predicted. */
  perplexity: number | undefined;
  /** −log2 of the same probability, for each code point of the tokens; undefined where nothing is predicted. */
  bitsPerCharacter: number | undefined;
  /** How many tokens have a rank of each class. */
  classes: Record<RankClass, number>;
  /** How many are in none, because the model names only its most probable tokens and they are not among these. */
  unnamed: number;
}

/**
 * @param predictions of the tokens that have one: the natural logarithm of the probability, and the rank from 0, up to a limit where that is only known up to it.
 * @param characters code points of all the tokens.
 */
export function sumsOfPredictions(
  predictions: readonly { logprob: number; rank: number; rankLimit?: number | undefined }[],
  characters: number,
): Sums {
  const logprob = predictions.reduce((sum, prediction) => sum + prediction.logprob, 0);
  const predicted = predictions.length;
  const classes = { first: 0, ten: 0, hundred: 0, beyond: 0 };
  let unnamed = 0;
  for (const { rank, rankLimit } of predictions) {
    const known = knownRankClass(rank, rankLimit);
    if (known) classes[known] += 1;
    else unnamed += 1;
  }
  return {
    predicted,
    logprob,
    perplexity: predicted > 0 ? Math.exp(-logprob / predicted) : undefined,
    bitsPerCharacter: predicted > 0 && characters > 0 ? -logprob / Math.LN2 / characters : undefined,
    classes,
    unnamed,
  };
}
