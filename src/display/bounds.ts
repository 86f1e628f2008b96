import { formatBits, formatCount } from './numbers';
import { type RankClass, rankClassOf } from './rank-class';

/*
 * Numbers of a model that names only its most probable tokens: of a token that is not among them it is known that its rank is
 * no less than their number, and of an entropy that it is no less than what they give.
 */

/** The place of a token when all are sorted by probability: `312`, `> 5`. @param rank from 0 @param limit that it has at least where it reaches it */
export function formatRank(rank: number, limit = Number.POSITIVE_INFINITY): string {
  return rank < limit ? formatCount(rank + 1) : `> ${formatCount(limit)}`;
}

/** `3.2 bits`, `≥ 3.2 bits`. */
export function formatEntropy(bits: number, isBound = false): string {
  return `${isBound ? '≥ ' : ''}${formatBits(bits)}`;
}

/** Undefined where the rank may be one of several classes. */
export function knownRankClass(rank: number, limit = Number.POSITIVE_INFINITY): RankClass | undefined {
  const known = rankClassOf(rank);
  return rank < limit || known === 'beyond' ? known : undefined;
}
