import type { RenderedChat } from '../../shared/chat';
import { firstAtLeast } from '../../shared/sorted';
import type { ReadingPart } from '../readings/reading';

/** The mean surprisal of the tokens that training counts, in bits; undefined where there are none that were predicted. */
export function scoredBits({ parts }: RenderedChat, { apart, predictions }: ReadingPart): number | undefined {
  if (!apart) return undefined;
  let sum = 0;
  let count = 0;
  for (const { isScored, start, end } of parts) {
    if (!isScored) continue;
    const last = firstAtLeast(apart.starts, end);
    for (let token = firstAtLeast(apart.ends, start + 1); token < last; token++) {
      const logprob = predictions.logprob[token] ?? Number.NaN;
      if (Number.isNaN(logprob)) continue;
      sum -= logprob / Math.LN2;
      count++;
    }
  }
  return count === 0 ? undefined : sum / count;
}
