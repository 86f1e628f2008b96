import type { ReadingPart } from '../readings/reading';
import type { Prediction } from './token-card';

/**
 * What the model thought of a token of a text that it read; null for the first, which nothing predicts.
 *
 * @param textOf the visible text of a token id
 */
export function predictionOf(
  { predictions, ids }: Pick<ReadingPart, 'predictions' | 'ids'>,
  index: number,
  textOf: (id: number) => string,
): Prediction | null {
  const logprob = predictions.logprob[index] ?? Number.NaN;
  if (index === 0 || index >= ids.length || Number.isNaN(logprob)) return null;
  // The distribution that a token is drawn from is the one after the token before.
  const before = index - 1;
  const { topK, topIdsAfter: topIds, topLogprobsAfter: topLogprobs } = predictions;
  const instead = Array.from({ length: topK }, (_, place) => {
    const id = topIds[before * topK + place] ?? 0;
    return { id, text: textOf(id), logprob: topLogprobs[before * topK + place] ?? Number.NEGATIVE_INFINITY };
  });
  return {
    logprob,
    rank: predictions.rank[index] ?? 0,
    entropy: predictions.entropyAfter[before] ?? Number.NaN,
    instead,
  };
}
