import { expect, it } from 'vitest';
import { type Quantity, quantityAbsence, shareOf } from '../../../src/display/quantities';
import { render } from '../../../src/display/sentences';
import { LEVELS, levelOf } from '../../../src/display/tints';
import { underlineOf } from '../../../src/extension/decorations/quantities';
import type { ReadingPart } from '../../../src/extension/readings/reading';
import { ALL_CAPABILITIES, type Capabilities, CONTINUATION_ONLY } from '../../../src/shared/capabilities';

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

it.each<[number, number, number, string | undefined]>([
  [5, 0, 0, undefined],
  [5, 4, (0.85 * Math.log(5)) / Math.log(6), 'dotted'],
  // Whatever is not among the five: no known rank looks so.
  [5, 5, 1, 'double'],
  // Past the last class there is only one.
  [100, 100, 1, 'solid'],
])('where ranks are known up to %i, the rank %i has the share %d and the line %s', (rankLimit, rank, share, line) => {
  const predictions = { ...PART.predictions, rankLimit, rank: Uint32Array.of(0, rank, 0) };
  expect(shareOf('rank', predictions, 1, VOCABULARY)).toBeCloseTo(share, 6);
  expect(levelOf(shareOf('rank', predictions, 1, VOCABULARY)) === LEVELS - 1).toBe(rank > 0 && rank === rankLimit);
  expect(underlineOf('rank', { ...PART, predictions }, 1)).toBe(line);
});

it('where no ranks are known none is shown', () => {
  const predictions = { ...PART.predictions, rankLimit: 0 };
  expect(shareOf('rank', predictions, 1, VOCABULARY)).toBeNaN();
  expect(underlineOf('surprisal', { ...PART, predictions }, 1)).toBeUndefined();
});

it.each<[Quantity, Partial<Capabilities>, string | undefined]>([
  ['rank', {}, undefined],
  ['rank', { ranks: 'amongAlternatives', entropy: 'bound' }, undefined],
  ['entropy', { ranks: 'amongAlternatives', entropy: 'bound' }, undefined],
  ['rank', { ranks: 'none' }, 'poet runs on a server that tells of no token how many are more probable'],
  ['entropy', { entropy: 'none' }, 'poet runs on a server that names no other tokens'],
  ['surprisal', { ranks: 'none', entropy: 'none' }, undefined],
  ['surprisal', CONTINUATION_ONLY, 'poet does not tell how probable the tokens of a text are.'],
])('by %s a model that gives %o says: %s', (quantity, given, said) => {
  const absent = quantityAbsence(quantity, { name: 'poet', capabilities: { ...ALL_CAPABILITIES, ...given } });
  expect(absent && render(absent)).toEqual(said && expect.stringContaining(said));
});

it.each<Quantity>(['surprisal', 'probability', 'rank', 'entropy'])('has no %s of the first token', (quantity) => {
  expect(shareOf(quantity, PART.predictions, 0, VOCABULARY)).toBeNaN();
  expect(underlineOf(quantity, PART, 0)).toBeUndefined();
});
