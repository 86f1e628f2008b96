import { bitsAToken, scoredSum } from '../../chat/scored-sum';
import type { RenderedChat } from '../../shared/chat';
import { scoredTokens } from '../../shared/rendered-tokens';
import type { ReadingPart } from '../readings/reading';

/** The mean surprisal of the tokens that training counts, in bits; undefined where there are none that were predicted. */
export function scoredBits({ parts }: RenderedChat, { apart, predictions }: ReadingPart): number | undefined {
  return apart && bitsAToken(scoredSum(scoredTokens(parts, apart), predictions.logprob));
}
