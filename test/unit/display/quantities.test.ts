import { expect, it } from 'vitest';
import { type Quantity, shareOf } from '../../../src/display/quantities';
import { underlineOf } from '../../../src/extension/decorations/quantities';
import type { ReadingPart } from '../../../src/extension/readings/reading';

/** Three tokens: nothing predicts the first; the second is the 50th guess at 1/256, after 5 bits of entropy. */
const PART: ReadingPart = {
  trace: 1,
  ids: Uint32Array.of(7, 8, 9),
  starts: Uint32Array.of(0, 1, 2),
  ends: Uint32Array.of(1, 2, 3),
  predictions: {
    logprob: Float32Array.of(Number.NaN, Math.log(1 / 256), 0),
    rank: Uint32Array.of(0, 49, 0),
    entropyAfter: Float32Array.of(5, 0, 3),
    topIdsAfter: new Uint32Array(),
    logZAfter: new Float32Array(),
    topLogprobsAfter: new Float32Array(),
    topK: 0,
  },
};
const VOCABULARY = 1024;

it.each<[Quantity, number, number, string | undefined]>([
  ['surprisal', 1, 8 / 16, 'dashed'],
  ['probability', 1, Math.log10(256) / 5, 'dashed'],
  ['rank', 1, Math.log10(50) / 3, 'dashed'],
  // Entropy is of the choice that the token was, not of the one after it.
  ['entropy', 1, 5 / 10, undefined],
  ['surprisal', 2, 0, undefined],
  ['entropy', 2, 0, undefined],
])('by %s, token %i has the share %d and the line %s', (quantity, index, share, line) => {
  expect(shareOf(quantity, PART.predictions, index, VOCABULARY)).toBeCloseTo(share, 6);
  expect(underlineOf(quantity, PART, index)).toBe(line);
});

it.each<Quantity>(['surprisal', 'probability', 'rank', 'entropy'])('has no %s of the first token', (quantity) => {
  expect(shareOf(quantity, PART.predictions, 0, VOCABULARY)).toBeNaN();
  expect(underlineOf(quantity, PART, 0)).toBeUndefined();
});
