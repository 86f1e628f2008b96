import { formatBits, formatCount, formatProbability } from '../../shared/numbers';
import { rankClassOf } from '../../shared/rank-class';
import {
  bitsOf,
  entropyShare,
  PROBABILITY_DECADES,
  probabilityShare,
  RANK_DECADES,
  rankShare,
  SURPRISAL_END_BITS,
  surprisalShare,
} from '../../shared/scales';
import type { AnalysisPart } from '../analysis/analysis';
import type { Hue } from './tints';

/** What tokens can be coloured by; in each, stronger means more unexpected. */
export type Quantity = 'surprisal' | 'probability' | 'entropy' | 'rank';

export const HUES: Record<Quantity, Hue> = {
  surprisal: 'warm',
  probability: 'warm',
  rank: 'warm',
  entropy: 'violet',
};

/**
 * Where a token stands on a scale, from 0 to 1; NaN for the first one, which nothing predicts.
 * Entropy is of the distribution that the token was one choice of, which is the one after the token before.
 *
 * @param vocabulary its size.
 */
export function shareOf(quantity: Quantity, { predictions }: AnalysisPart, index: number, vocabulary: number): number {
  const logprob = predictions.logprob[index] ?? Number.NaN;
  if (Number.isNaN(logprob)) return Number.NaN;
  switch (quantity) {
    case 'surprisal':
      return surprisalShare(bitsOf(logprob));
    case 'probability':
      return probabilityShare(logprob);
    case 'rank':
      return rankShare(predictions.rank[index] ?? 0);
    case 'entropy':
      return entropyShare(predictions.entropy[index - 1] ?? Number.NaN, vocabulary);
  }
}

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
export function underlineOf(quantity: Quantity, { predictions }: AnalysisPart, index: number): Underline | undefined {
  if (quantity === 'entropy' || Number.isNaN(predictions.logprob[index] ?? Number.NaN)) return undefined;
  return UNDERLINES[rankClassOf(predictions.rank[index] ?? 0)];
}
