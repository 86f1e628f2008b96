import { codedSize, triangleSize } from '../../recording/coded-weights';
import type { HeadSummary } from '../../shared/engine-api';
import type { HeadAddress } from '../../shared/head-address';

/** Bytes of all patterns that a file holds as they are. */
const MOST_BYTES = 2e6;

/** The heads of a long text whose patterns are worth their place in a file: the one chosen, and the best at each habit. */
export function wholeHeads(
  summaries: readonly HeadSummary[],
  chosen: HeadAddress | undefined,
  tokens: number,
): HeadAddress[] {
  const habits = ['induction', 'previous', 'self', 'first'] as const;
  const best = habits.flatMap((habit) => leader(summaries, (summary) => summary[habit]));
  const different = new Map([...(chosen ? [chosen] : []), ...best].map((head) => [`${head.layer}.${head.head}`, head]));
  return [...different.values()].slice(0, Math.floor(MOST_BYTES / codedSize(triangleSize(tokens))));
}

function leader(summaries: readonly HeadSummary[], shareOf: (summary: HeadSummary) => number): HeadAddress[] {
  const known = summaries.filter((summary) => !Number.isNaN(shareOf(summary)));
  return known.sort((one, other) => shareOf(other) - shareOf(one)).slice(0, 1);
}
