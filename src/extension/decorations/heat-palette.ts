import type * as vscode from 'vscode';
import { LEVELS } from '../../display/tints';
import type { Underline } from './quantities';
import { markOptions, type Theme, tintOptions, underlineOptions } from './theme';
import type { Hue } from './tints';

/** A level of a hue's scale, a mark beside the scroll bar, or a line for the rank. */
export type HeatDecoration = `${Hue} ${number}` | `${Hue} mark` | Underline;

const ALL_LEVELS = Array.from({ length: LEVELS - 1 }, (_, i) => i + 1);
/** So that documents in two hues need no more decoration types than one. */
const COARSE_LEVELS = [2, 4, 7];

const LINES: readonly Underline[] = ['dotted', 'dashed', 'solid'];
const LINE = { width: 1, colour: 'var(--vscode-descriptionForeground)' };

/** The level that is painted for one from 1 on, where so many hues are in view: the next higher that there is a type for. */
export function paintedLevel(level: number, hues: number): number {
  return levelsFor(hues).find((painted) => painted >= level) ?? level;
}

/** Eleven types at most: seven levels of one hue or three of each of two, a mark for each, three lines. */
export function* heatDecorations(
  hues: readonly Hue[],
  theme: Theme,
): Generator<[HeatDecoration, vscode.DecorationRenderOptions]> {
  for (const hue of hues) {
    for (const level of levelsFor(hues.length)) yield [`${hue} ${level}`, tintOptions(hue, theme, level)];
    yield [`${hue} mark`, markOptions(hue, theme, LEVELS - 1)];
  }
  for (const style of LINES) yield [style, underlineOptions({ style, ...LINE }, theme)];
}

function levelsFor(hues: number): readonly number[] {
  return hues > 1 ? COARSE_LEVELS : ALL_LEVELS;
}
