import type { Predictions } from '../shared/engine-api';
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
  { logprob, rank, entropyAfter: entropy }: Predictions,
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
      return rankShare(rank[position] ?? 0);
    case 'entropy':
      return entropyShare(entropy[position - 1] ?? Number.NaN, vocabSize);
  }
}
