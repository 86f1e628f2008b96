import { type RankClass, rankClassOf } from './rank-class';

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
}

/**
 * @param predictions of the tokens that have one: the natural logarithm of the probability, and the rank from 0.
 * @param characters code points of all the tokens.
 */
export function sumsOfPredictions(predictions: readonly { logprob: number; rank: number }[], characters: number): Sums {
  const logprob = predictions.reduce((sum, prediction) => sum + prediction.logprob, 0);
  const predicted = predictions.length;
  const classes = { first: 0, ten: 0, hundred: 0, beyond: 0 };
  for (const { rank } of predictions) classes[rankClassOf(rank)] += 1;
  return {
    predicted,
    logprob,
    perplexity: predicted > 0 ? Math.exp(-logprob / predicted) : undefined,
    bitsPerCharacter: predicted > 0 && characters > 0 ? -logprob / Math.LN2 / characters : undefined,
    classes,
  };
}
