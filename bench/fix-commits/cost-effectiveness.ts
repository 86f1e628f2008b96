/**
 * How well an order of lines finds those that matter: the area under the curve of cost-effectiveness, as Ray et al. (ICSE 2016)
 * measure it. The cost is the share of lines that were looked at, the effect the share of those that matter among them.
 *
 * @param scores the highest is looked at first; of equal ones each order counts the same
 * @param matters as long, whether a line matters; at least one does
 * @param limit of the share of lines: 0.05 for AUCEC5. Looking at random comes to limit² / 2, looking at the right ones first to almost limit
 */
export function costEffectiveness(scores: readonly number[], matters: readonly boolean[], limit: number): number {
  const all = matters.filter(Boolean).length;
  let looked = 0;
  let found = 0;
  let area = 0;
  for (const group of groupsOfEqual(scores)) {
    const hits = group.filter((line) => matters[line]).length;
    // Within a group lines come in any order, so that on average what matters is found evenly.
    const room = Math.min(group.length, limit * scores.length - looked);
    if (room <= 0) break;
    area += room * found + (hits * room * room) / (2 * group.length);
    looked += group.length;
    found += hits;
  }
  return area / (all * scores.length);
}

/** Where a line stands among all, as the share of lines that come before it; of equal ones half come before. */
export function rankOf(scores: readonly number[], line: number): number {
  const own = scores[line] as number;
  const before = scores.filter((score) => score > own).length;
  const equal = scores.filter((score) => score === own).length - 1;
  return (before + equal / 2) / Math.max(1, scores.length - 1);
}

/** Lines by score, the highest first. */
function groupsOfEqual(scores: readonly number[]): number[][] {
  const order = Array.from(scores.keys()).sort((a, b) => (scores[b] as number) - (scores[a] as number));
  const groups: number[][] = [];
  for (const line of order) {
    const last = groups.at(-1);
    if (last && scores[last[0] as number] === scores[line]) last.push(line);
    else groups.push([line]);
  }
  return groups;
}
