import { expect, it } from 'vitest';
import { paintedLevel, quietLevel } from '../../../src/extension/decorations/levels';

const LEVELS = [1, 2, 3, 4, 5, 6, 7];

it('of one hue every level is painted as it is', () => {
  expect(LEVELS.map((level) => paintedLevel(level, 1))).toEqual(LEVELS);
});

it('of two hues the next higher of three is painted, or where a text is to stay quiet the next lower, or none', () => {
  expect(LEVELS.map((level) => paintedLevel(level, 2))).toEqual([2, 2, 4, 4, 7, 7, 7]);
  expect(LEVELS.map((level) => quietLevel(level, 2))).toEqual([0, 2, 2, 4, 4, 4, 7]);
});
