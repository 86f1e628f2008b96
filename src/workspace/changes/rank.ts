import type { HunkScore } from '../../shared/workspace-api';

type Ranked = Pick<HunkScore, 'trivial' | 'isComment' | 'aboveUsual' | 'removedMean'>;

/** What is said of hunks together, in the order of the list. */
export type HunkGroup = 'unusual' | 'usual' | 'comment' | 'notJudged' | 'trivial';

/** Bits; what is less would be written +0.0. */
const LEAST_UNUSUAL = 0.05;

const GROUPS: readonly HunkGroup[] = ['unusual', 'usual', 'comment', 'notJudged', 'trivial'];

export function groupOf({ trivial, isComment, aboveUsual }: Omit<Ranked, 'removedMean'>): HunkGroup {
  if (trivial) return 'trivial';
  if (Number.isNaN(aboveUsual)) return 'notJudged';
  if (isComment) return 'comment';
  return aboveUsual >= LEAST_UNUSUAL ? 'unusual' : 'usual';
}

/**
 * Hunks, the most unusual first: those of code by how many bits their new tokens lie above what is usual; those that change
 * comments alone, by the same; those without a new token that counts, which only take lines away or stand at the beginning of a
 * file; last those that ask for no look.
 */
export function rankHunks<T extends Ranked>(hunks: readonly T[]): T[] {
  return [...hunks].sort(
    (a, b) =>
      GROUPS.indexOf(groupOf(a)) - GROUPS.indexOf(groupOf(b)) ||
      descending(a.aboveUsual, b.aboveUsual) ||
      descending(a.removedMean, b.removedMean),
  );
}

/** Greater numbers first, and what is none last. */
function descending(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return b - a;
}
