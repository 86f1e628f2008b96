import { knownRankClass } from '../../src/display/bounds';
import type { RankClass } from '../../src/display/rank-class';
import type { Predictions } from '../../src/shared/engine-api';

/** The line under a token, which says its rank: unnamed where that is only known to be past those of the tokens that a server names. */
export type RankLine = RankClass | 'unnamed';

/** Undefined where nothing is known of ranks. */
export function rankLineOf({ rank, rankLimit }: Predictions, position: number): RankLine | undefined {
  if (rankLimit === 0) return undefined;
  return knownRankClass(rank[position] ?? 0, rankLimit) ?? 'unnamed';
}
