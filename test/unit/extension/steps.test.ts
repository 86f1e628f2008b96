import fc from 'fast-check';
import { expect, it } from 'vitest';
import { stepsTo } from '../../../src/extension/readings/steps';

it('steps go forward, end where the text does, and are few', () => {
  fc.assert(
    fc.property(fc.nat(1_000_000), fc.nat(1_000_000), fc.nat(1_000_000), (known, seen, more) => {
      const steps = stepsTo(known, seen, known + more);
      expect(steps.at(-1)).toBe(known + more);
      expect(steps.every((step, i) => step > (steps[i - 1] ?? known - 1))).toBe(true);
      expect(steps.length).toBeLessThan(12);
    }),
  );
});

it.each([
  [0, 0, 500, [500]],
  [0, 0, 3999, [3999]],
  [0, 0, 20_000, [2000, 6000, 20_000]],
  [0, 5000, 20_000, [6000, 20_000]],
  [0, 19_000, 20_000, [20_000]],
  [10_000, 0, 10_100, [10_100]],
])('past %i, seen from %i, to %i', (known, seen, end, expected) => {
  expect(stepsTo(known, seen, end)).toEqual(expected);
});
