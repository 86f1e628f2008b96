import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupStarts } from '../../../src/engine/branches/group-starts';

describe('branches that begin at different positions', () => {
  it('are together where a run more costs more than positions that are computed again', () => {
    expect(groupStarts([0, 1, 2, 50, 51], [1, 1, 1, 1, 1], 100)).toEqual([0, 50]);
    expect(groupStarts([0, 50], [1, 1], 100)).toEqual([0, 50]);
    expect(groupStarts([], [], 10)).toEqual([]);
  });

  it('are in groups that begin with the first of theirs, and none begins before its group', () => {
    const starts = fc.uniqueArray(fc.nat(200), { maxLength: 40 }).map((all) => all.sort((a, b) => a - b));
    fc.assert(
      fc.property(starts, (all) => {
        const groups = groupStarts(
          all,
          all.map(() => 1),
          201,
        );
        expect(groups.every((start) => all.includes(start))).toBe(true);
        expect(groups).toEqual([...new Set(groups)].sort((a, b) => a - b));
        expect(groups[0]).toBe(all[0]);
      }),
    );
  });
});
