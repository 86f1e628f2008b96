import { formatRank, knownRankClass } from '../../display/bounds';
import { formatBits, formatCount, formatProbability } from '../../display/numbers';
import type { Quantity } from '../../display/quantities';
import { PROBABILITY_DECADES, RANK_DECADES, SURPRISAL_END_BITS } from '../../display/scales';
import type { ReadingPart } from '../readings/reading';

/** Where the scale of a quantity begins and ends, in its unit, quiet end first. @param rankLimit up to which ranks are known, where they are not all. */
export function endsOf(quantity: Quantity, vocabulary: number, rankLimit?: number): [string, string] {
  switch (quantity) {
    case 'surprisal':
      return [formatBits(0), `≥ ${formatCount(SURPRISAL_END_BITS)} bits`];
    case 'probability':
      return [formatProbability(1), `≤ ${formatProbability(10 ** -PROBABILITY_DECADES)}`];
    case 'rank':
      return [
        formatCount(1),
        rankLimit === undefined ? `≥ ${formatCount(10 ** RANK_DECADES)}` : formatRank(rankLimit, rankLimit),
      ];
    case 'entropy':
      return [formatBits(0), formatBits(Math.log2(vocabulary))];
  }
}

export type Underline = 'dotted' | 'dashed' | 'solid' | 'double';

const UNDERLINES = { first: undefined, ten: 'dotted', hundred: 'dashed', beyond: 'solid' } as const;

/**
 * The line under a token, which says its rank where colours cannot be told apart; entropy is not about the token itself. It is
 * double where the rank is only known to be past those of the tokens that a server names.
 */
export function underlineOf(quantity: Quantity, { predictions }: ReadingPart, index: number): Underline | undefined {
  if (quantity === 'entropy' || Number.isNaN(predictions.logprob[index] ?? Number.NaN)) return undefined;
  const { rank, rankLimit } = predictions;
  if (rankLimit === 0) return undefined;
  const known = knownRankClass(rank[index] ?? 0, rankLimit);
  return known ? UNDERLINES[known] : 'double';
}
