import { type Sums, sumsOfPredictions } from '../../display/sums';
import type { InspectedToken } from './inspection';

/** What the tokens shown come to together. @param text the whole text, in which the tokens' offsets count. */
export function sumsOf(tokens: readonly InspectedToken[], text: string): Sums {
  const predictions = tokens.flatMap(({ prediction }) => prediction ?? []);
  const characters = [...text.slice(tokens[0]?.start, tokens.at(-1)?.end)].length;
  return sumsOfPredictions(predictions, characters);
}
