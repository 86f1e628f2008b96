import { expect, it } from 'vitest';
import { higherThan } from '../../../src/workspace/map/higher-than';

const part = (from: number, to: number, tokens: number, mean: number) => ({ from, to, tokens, bits: tokens * mean });

/** Four functions of a file, with 10, 20, 30 and 40 tokens; the third has one in it. */
const PARTS = [part(0, 2, 10, 3), part(3, 6, 20, 5), part(7, 12, 30, 4), part(8, 10, 12, 9), part(13, 20, 40, 1)];

it.each([
  ['the tokens of functions with a lower mean, over those of all others', 0, 40 / 102],
  ['less than 1 where the function in another is higher', 1, 80 / 92],
  ['without what is in it', 2, 50 / 70],
  ['1 where all others are lower, without what it is in', 3, 1],
  ['0 where none is lower', 4, 0],
])('is %s', (_, place, share) => {
  expect(higherThan(PARTS[place] as (typeof PARTS)[number], PARTS)).toBeCloseTo(share, 12);
});

it('is unknown of the only function of a file', () => {
  expect(higherThan(part(0, 2, 10, 3), [part(0, 2, 10, 3)])).toBeNaN();
});
