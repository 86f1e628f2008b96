import type { HunkScore } from '../../shared/workspace-api';

type Ranked = Pick<HunkScore, 'trivial' | 'rise' | 'z' | 'addedMean' | 'removedMean'>;

/**
 * Hunks, the most unusual first: those that replace lines by how much more unusual the new ones are than the old, those
 * that only add by how unusual they are among lines of their language and kind, both in standard deviations. Then those of
 * which too few such lines are known, by bits a token; then those that only take lines away; last those that ask for no look.
 */
export function rankHunks<T extends Ranked>(hunks: readonly T[]): T[] {
  return [...hunks].sort(
    (a, b) =>
      Number(a.trivial !== undefined) - Number(b.trivial !== undefined) ||
      descending(deviations(a), deviations(b)) ||
      descending(bits(a), bits(b)) ||
      descending(a.removedMean, b.removedMean),
  );
}

const deviations = ({ rise, z }: Ranked): number => (Number.isNaN(rise) ? z : rise);

const bits = ({ addedMean, removedMean }: Ranked): number =>
  Number.isNaN(removedMean) ? addedMean : addedMean - removedMean;

/** Greater numbers first, and what is none last. */
function descending(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return b - a;
}
