import fc from 'fast-check';
import { expect, it } from 'vitest';
import { stepsTo } from '../../src/extension/analysis/steps';

it('steps go forward, end where the text does, and are few', () => {
  fc.assert(
    fc.property(fc.nat(1_000_000), fc.nat(1_000_000), (known, more) => {
      const steps = stepsTo(known, known + more);
      expect(steps.at(-1)).toBe(known + more);
      expect(steps.every((step, i) => step > (steps[i - 1] ?? known - 1))).toBe(true);
      expect(steps.length).toBeLessThan(12);
    }),
  );
});

it.each([
  [0, 500, [500]],
  [0, 3999, [3999]],
  [0, 20_000, [2000, 6000, 20_000]],
  [10_000, 10_100, [10_100]],
])('from %i to %i', (known, end, expected) => {
  expect(stepsTo(known, end)).toEqual(expected);
});
