import { expect, it } from 'vitest';
import { Rate } from '../../../src/background/rate';

it.each([
  ['nothing', [], 0],
  ['pieces of a second', Array(60).fill([100, 1]), 100],
  ['pieces of a minute', Array(3).fill([6000, 60]), 100],
  ['a slow beginning, and a minute at another rate', [[1, 10], ...Array(60).fill([100, 1])], 97],
])('is known of %s', (_, pieces: (readonly [number, number])[], expected) => {
  const rate = new Rate();
  for (const [amount, seconds] of pieces) rate.add(amount, seconds);
  expect(Math.abs(rate.perSecond - expected)).toBeLessThanOrEqual(2);
});
