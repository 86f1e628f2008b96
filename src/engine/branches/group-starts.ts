/** A run costs as much as so many positions more: weights are brought into the form that products read, and what is fed is copied. */
const RUN_COST = 24;
/** Positions that go through a layer in one run: so many that products are at their fastest. */
export const RUN_ROWS = 1024;

/**
 * Puts branches that begin at different positions together, so that a run has many positions although those of a group all
 * go from its first start on: the cheapest way to cut the ascending starts into groups, by dynamic programming.
 *
 * @param weights of each start, the branches that begin there
 * @param end after the last position
 * @returns the starts of the groups, ascending
 */
export function groupStarts(starts: readonly number[], weights: readonly number[], end: number): number[] {
  /** Of the first starts, so many: what the cheapest way costs, and where its last group begins. */
  const best = [{ cost: 0, from: 0 }];
  for (let to = 1; to <= starts.length; to++) {
    let found = { cost: Number.POSITIVE_INFINITY, from: 0 };
    for (let from = to - 1, weight = 0; from >= 0; from--) {
      weight += weights[from] as number;
      const rows = weight * (end - (starts[from] as number));
      const cost = (best[from]?.cost ?? 0) + rows + RUN_COST * Math.max(1, rows / RUN_ROWS);
      if (cost < found.cost) found = { cost, from };
    }
    best.push(found);
  }
  const groups: number[] = [];
  for (let at = starts.length; at > 0; at = best[at]?.from ?? 0) groups.unshift(starts[best[at]?.from ?? 0] as number);
  return groups;
}
