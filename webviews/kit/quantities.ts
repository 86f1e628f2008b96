import { formatEntropy, formatRank } from '../../src/display/bounds';
import { formatBits, formatCount, formatDecimal, formatLogprob, spokenDigits } from '../../src/display/numbers';
import { QUANTITY_HUES, type Quantity, shareOf } from '../../src/display/quantities';
import {
  bitsOf,
  entropyShare,
  PROBABILITY_DECADES,
  RANK_DECADES,
  rankShare,
  SURPRISAL_END_BITS,
  surprisalShare,
} from '../../src/display/scales';
import type { Predictions } from '../../src/shared/engine-api';
import type { Hue } from '../../src/shared/inspector-api';
import { t } from '../l10n';
import type { Tick } from './legend';

export interface QuantityScale {
  hue: Hue;
  name: string;
  /** The name with its unit. */
  label: string;
  ticks: Tick[];
  /** 0 to 1; NaN for a token that nothing predicts. */
  share(predictions: Predictions, position: number): number;
  /** The number in words. */
  text(predictions: Predictions, position: number): string;
}

/** What is known of predictions only as a bound. */
type Bounds = Pick<Predictions, 'rankLimit' | 'isEntropyBound'>;

/** @param vocabulary tokens of the model's vocabulary, which bounds the entropy */
export function quantityScale(quantity: Quantity, vocabulary: number, bounds: Bounds = {}): QuantityScale {
  return {
    hue: QUANTITY_HUES[quantity],
    share: (predictions, position) => shareOf(quantity, predictions, position, vocabulary),
    ...describe(quantity, vocabulary, bounds),
  };
}

function describe(
  quantity: Quantity,
  vocabulary: number,
  { rankLimit, isEntropyBound }: Bounds,
): Pick<QuantityScale, 'name' | 'label' | 'ticks' | 'text'> {
  switch (quantity) {
    case 'surprisal':
      return {
        name: t('Surprisal'),
        label: t('Surprisal, bits'),
        ticks: [0, 4, 8, 12, SURPRISAL_END_BITS].map((bits) => ({
          share: surprisalShare(bits),
          text: bits === SURPRISAL_END_BITS ? `${bits}+` : `${bits}`,
        })),
        text: ({ logprob }, position) => t('surprisal {0}', formatBits(bitsOf(logprob[position] ?? Number.NaN))),
      };
    case 'probability':
      return {
        name: t('Probability'),
        label: t('Probability, %'),
        ticks: Array.from({ length: PROBABILITY_DECADES + 1 }, (_, decade) => ({
          share: decade / PROBABILITY_DECADES,
          text: `${decade === PROBABILITY_DECADES ? '≤' : ''}${spokenDigits(`${100 / 10 ** decade}`)}`,
        })),
        text: ({ logprob }, position) => t('probability {0}', formatLogprob(logprob[position] ?? Number.NaN)),
      };
    case 'rank':
      return {
        name: t('Rank'),
        label: t('Rank, 1 is the first guess'),
        ticks: rankTicks(rankLimit),
        text: ({ rank }, position) => t('rank {0}', formatRank(rank[position] ?? 0, rankLimit)),
      };
    case 'entropy':
      return {
        name: t('Entropy'),
        label: isEntropyBound ? t('Entropy, bits, at least') : t('Entropy, bits'),
        ticks: [0, 4, 8, 12, Math.log2(vocabulary)].map((bits) => ({
          share: entropyShare(bits, vocabulary),
          text: Number.isInteger(bits) ? `${bits}` : formatDecimal(bits),
        })),
        text: ({ entropyAfter: entropy }, position) =>
          t('entropy {0}', formatEntropy(entropy[position - 1] ?? Number.NaN, isEntropyBound)),
      };
  }
}

/** @param limit up to which ranks are known, where they are not all */
function rankTicks(limit: number | undefined): Tick[] {
  if (limit === undefined)
    return Array.from({ length: RANK_DECADES + 1 }, (_, decade) => ({
      share: decade / RANK_DECADES,
      text: `${formatCount(10 ** decade)}${decade === RANK_DECADES ? '+' : ''}`,
    }));
  const known = [1, 2, 5, 10].filter((rank) => rank < limit);
  return [...known, limit + 1].map((rank) => ({
    share: rankShare(rank - 1, limit),
    text: formatRank(rank - 1, limit),
  }));
}
