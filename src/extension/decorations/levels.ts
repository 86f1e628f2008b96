import { LEVELS } from '../../display/tints';

const ALL_LEVELS = Array.from({ length: LEVELS - 1 }, (_, i) => i + 1);
/** So that two hues need no more decoration types than one. */
const COARSE_LEVELS = [2, 4, 7];

/** The levels of a scale that there are decoration types for. @param hues how many are in view */
export function levelsFor(hues: number): readonly number[] {
  return hues > 1 ? COARSE_LEVELS : ALL_LEVELS;
}

/** The level that is painted for one from 1 on, where so many hues are in view: the next higher that there is a type for. */
export function paintedLevel(level: number, hues: number): number {
  return levelsFor(hues).find((painted) => painted >= level) ?? level;
}

/** The same of what would make a text restless if every trace of it were painted: the next lower; 0 where there is none. */
export function quietLevel(level: number, hues: number): number {
  return levelsFor(hues).findLast((painted) => painted <= level) ?? 0;
}
