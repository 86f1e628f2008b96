import { formatBits, formatCount, formatProbability } from '../../display/numbers';
import type { Quantity } from '../../display/quantities';
import { rankClassOf } from '../../display/rank-class';
import { PROBABILITY_DECADES, RANK_DECADES, SURPRISAL_END_BITS } from '../../display/scales';
import type { ReadingPart } from '../readings/reading';

/** Where the scale of a quantity begins and ends, in its unit, quiet end first. @param vocabulary its size. */
export function endsOf(quantity: Quantity, vocabulary: number): [string, string] {
  switch (quantity) {
    case 'surprisal':
      return [formatBits(0), `${formatCount(SURPRISAL_END_BITS)} bits`];
    case 'probability':
      return [formatProbability(1), formatProbability(10 ** -PROBABILITY_DECADES)];
    case 'rank':
      return [formatCount(1), formatCount(10 ** RANK_DECADES)];
    case 'entropy':
      return [formatBits(0), formatBits(Math.log2(vocabulary))];
  }
}

export type Underline = 'dotted' | 'dashed' | 'solid';

const UNDERLINES = { first: undefined, ten: 'dotted', hundred: 'dashed', beyond: 'solid' } as const;

/** The line under a token, which says its rank where colours cannot be told apart; entropy is not about the token itself. */
export function underlineOf(quantity: Quantity, { predictions }: ReadingPart, index: number): Underline | undefined {
  if (quantity === 'entropy' || Number.isNaN(predictions.logprob[index] ?? Number.NaN)) return undefined;
  return UNDERLINES[rankClassOf(predictions.rank[index] ?? 0)];
}
