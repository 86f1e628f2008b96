import type { RenderedChat } from '../../shared/chat';
import { scoredTokens } from '../../shared/rendered-tokens';
import type { ReadingPart } from '../readings/reading';

/** The mean surprisal of the tokens that training counts, in bits; undefined where there are none that were predicted. */
export function scoredBits({ parts }: RenderedChat, { apart, predictions }: ReadingPart): number | undefined {
  if (!apart) return undefined;
  let sum = 0;
  let count = 0;
  for (const [token, isScored] of scoredTokens(parts, apart).entries()) {
    const logprob = predictions.logprob[token] ?? Number.NaN;
    if (!isScored || Number.isNaN(logprob)) continue;
    sum -= logprob / Math.LN2;
    count++;
  }
  return count === 0 ? undefined : sum / count;
}
