import { absence } from '../shared/capabilities';
import type { ModelInfo, Predictions } from '../shared/engine-api';
import { type Sentence, sentence } from '../shared/errors';
import type { Hue } from '../shared/inspector-api';
import { bitsOf, entropyShare, probabilityShare, rankShare, surprisalShare } from './scales';

/** What tokens can be coloured by; in each, stronger means more unexpected. */
export const QUANTITIES = ['surprisal', 'probability', 'rank', 'entropy'] as const;
export type Quantity = (typeof QUANTITIES)[number];

export const QUANTITY_HUES = {
  surprisal: 'warm',
  probability: 'warm',
  rank: 'warm',
  entropy: 'violet',
} as const satisfies Record<Quantity, Hue>;

/**
 * Where a token stands on a quantity's scale, from 0 to 1; NaN for the first one, which nothing predicts.
 * Entropy is of the distribution that the token was one choice of, which is the one after the token before.
 *
 * @param vocabSize its size, which bounds the entropy.
 */
export function shareOf(
  quantity: Quantity,
  { logprob, rank, rankLimit, entropyAfter: entropy }: Predictions,
  position: number,
  vocabSize: number,
): number {
  const own = logprob[position] ?? Number.NaN;
  if (Number.isNaN(own)) return Number.NaN;
  switch (quantity) {
    case 'surprisal':
      return surprisalShare(bitsOf(own));
    case 'probability':
      return probabilityShare(own);
    case 'rank':
      return rankShare(rank[position] ?? 0, rankLimit);
    case 'entropy':
      return entropyShare(entropy[position - 1] ?? Number.NaN, vocabSize);
  }
}

/** Why nothing can be coloured by a quantity with a model; undefined where it can. */
export function quantityAbsence(
  quantity: Quantity,
  { capabilities, name }: Pick<ModelInfo, 'capabilities' | 'name'>,
): Sentence | undefined {
  if (!capabilities.hasLogprobs) return absence('hasLogprobs', name);
  if (quantity === 'rank' && capabilities.ranks === 'none') {
    return sentence`${name} runs on a server that tells of no token how many are more probable: colour by surprisal or by probability.`;
  }
  if (quantity === 'entropy' && capabilities.entropy === 'none') {
    return sentence`${name} runs on a server that names no other tokens, so that entropies are not known: colour by surprisal or by probability.`;
  }
  return undefined;
}
