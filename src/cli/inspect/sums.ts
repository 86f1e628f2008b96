import { type RankClass, rankClassOf } from '../../shared/rank-class';
import type { InspectedToken } from './inspection';

/** What the tokens shown come to together. */
export interface Sums {
  /** How many tokens have a prediction: all but the first of the text. */
  predicted: number;
  /** Natural logarithm of the probability of those, one after another. */
  logprob: number;
  /** exp(−logprob / predicted); undefined where nothing is predicted. */
  perplexity: number | undefined;
  /** −log2 of the same probability, for each code point of the tokens shown; undefined where nothing is predicted. */
  bitsPerCharacter: number | undefined;
  /** How many tokens have a rank of each class. */
  classes: Record<RankClass, number>;
}

/** @param text the whole text, in which the tokens' offsets count. */
export function sumsOf(tokens: readonly InspectedToken[], text: string): Sums {
  const predictions = tokens.flatMap(({ prediction }) => prediction ?? []);
  const logprob = predictions.reduce((sum, prediction) => sum + prediction.logprob, 0);
  const predicted = predictions.length;
  const classes = { first: 0, ten: 0, hundred: 0, beyond: 0 };
  for (const { rank } of predictions) classes[rankClassOf(rank)] += 1;
  const characters = [...text.slice(tokens[0]?.start, tokens.at(-1)?.end)].length;
  return {
    predicted,
    logprob,
    perplexity: predicted > 0 ? Math.exp(-logprob / predicted) : undefined,
    bitsPerCharacter: predicted > 0 && characters > 0 ? -logprob / Math.LN2 / characters : undefined,
    classes,
  };
}
