import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anglesOf, rotateAlike } from '../../../src/engine/rope-angles';
import { largestDifference } from '../../support/compare';

const short = [1, 0.3, 0];
const long = [0.5, 0.01, 0];
const kind = {
  numKeyValueHeads: 1,
  headDim: 6,
  scaling: 1,
  rope: { frequencies: short, attentionFactor: 1.5, long: { beyond: 800, frequencies: long } },
};

test('every position has its own angles, in whatever order they are asked for', () => {
  const asked = fc.record({ from: fc.nat(1500), count: fc.integer({ min: 1, max: 60 }), beyond: fc.boolean() });
  fc.assert(
    fc.property(asked, ({ from, count, beyond }) => {
      const angles = anglesOf(kind, beyond ? 2000 : 800, from, count);
      const expected = (of: (angle: number) => number) =>
        Array.from({ length: count }, (_, i) =>
          // What does not rotate is not multiplied by the attention factor either.
          (beyond ? long : short).map((frequency) => (frequency === 0 ? of(0) : 1.5 * of((from + i) * frequency))),
        ).flat();
      expect(largestDifference(angles?.cosines ?? [], expected(Math.cos))).toBeLessThan(1e-6);
      expect(largestDifference(angles?.sines ?? [], expected(Math.sin))).toBeLessThan(1e-6);
    }),
    { numRuns: 50 },
  );
});

test('a layer whose positions rotate nothing has none', () => {
  expect(anglesOf({ ...kind, rope: undefined }, 10, 0, 10)).toBeUndefined();
});

test('what was read of a text holds until it grows beyond the length where all positions rotate otherwise', () => {
  expect(rotateAlike([kind], 10, 800)).toBe(true);
  expect(rotateAlike([kind], 801, 5000)).toBe(true);
  expect(rotateAlike([kind], 800, 801)).toBe(false);
  expect(rotateAlike([{ ...kind, rope: undefined }], 800, 801)).toBe(true);
});
