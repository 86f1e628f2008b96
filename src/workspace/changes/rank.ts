import type { HunkScore } from '../../shared/workspace-api';

type Ranked = Pick<HunkScore, 'trivial' | 'isComment' | 'surprise'>;

/** What is said of hunks together, in the order of the list. */
export type HunkGroup = 'unusual' | 'usual' | 'comment' | 'notJudged' | 'trivial';

/** Bits: to a token of less the model had given more than one chance in sixteen. */
export const LEAST_UNUSUAL_BITS = 4;

const GROUPS: readonly HunkGroup[] = ['unusual', 'usual', 'comment', 'notJudged', 'trivial'];

export function groupOf({ trivial, isComment, surprise }: Ranked): HunkGroup {
  if (trivial) return 'trivial';
  if (Number.isNaN(surprise)) return 'notJudged';
  if (isComment) return 'comment';
  return surprise >= LEAST_UNUSUAL_BITS ? 'unusual' : 'usual';
}

/**
 * Hunks, the most surprising first: those of code; those that change comments alone; those without a new token that counts,
 * which only take something away or stand at the beginning of a file; last those that ask for no look.
 */
export function rankHunks<T extends Ranked>(hunks: readonly T[]): T[] {
  const place = (hunk: T) => GROUPS.indexOf(groupOf(hunk));
  return [...hunks].sort((a, b) => place(a) - place(b) || b.surprise - a.surprise || 0);
}
