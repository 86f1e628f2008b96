import * as vscode from 'vscode';
import { LEVELS } from '../../display/tints';
import type { ChosenHues } from '../../shared/inspector-api';
import { settings } from '../settings';
import { isRightToLeftInView } from './right-to-left';
import { type Ground, type Hue, overEditor, rgba, tintOf } from './tints';

/** In pixels, under the loudest tint that has a line. */
const WIDEST_LINE = 3;

export interface Theme {
  ground: Ground;
  highContrast: boolean;
  hues: ChosenHues;
  /** Whether letters may have a style of their own, or else only what is behind them. */
  inline: boolean;
}

export function currentTheme(): Theme {
  const { kind } = vscode.window.activeColorTheme;
  const { Light, HighContrast, HighContrastLight } = vscode.ColorThemeKind;
  return {
    ground: kind === Light || kind === HighContrastLight ? 'light' : 'dark',
    highContrast: kind === HighContrast || kind === HighContrastLight,
    hues: settings.hues(),
    inline: !isRightToLeftInView(),
  };
}

/** How text of a level looks. High contrast draws selected text in the colour of the background, which no tint may have under it. */
export function tintOptions(
  hue: Hue,
  { ground, highContrast, hues, inline }: Theme,
  level: number,
): vscode.DecorationRenderOptions {
  const tint = tintOf(hue, ground, level, hues);
  if (!inline) return { backgroundColor: rgba(tint.colour, tint.opacity) };
  return {
    backgroundColor: overEditor(tint),
    ...((tint.plainText || highContrast) && { color: new vscode.ThemeColor('editor.foreground') }),
  };
}

/** A line under text. */
export interface Line {
  style: 'dotted' | 'dashed' | 'solid' | 'double';
  /** In pixels. */
  width: number;
  colour: string;
}

/** The line is in the line of text itself, since the tints are opaque. Where they are not, below it. */
export function underlineOptions(
  { style, width, colour }: Line,
  { inline }: Pick<Theme, 'inline'>,
): vscode.DecorationRenderOptions {
  return inline
    ? { textDecoration: `underline ${style} ${width}px ${colour}` }
    : // A border is double from three pixels on.
      { borderWidth: `0 0 ${style === 'double' ? 3 * width : width}px`, borderStyle: style, borderColor: colour };
}

/**
 * A tint with a line that no other blue of the editor has under it, a selection's or an occurrence's: the thicker, the more.
 * What is too faint for that blue has none.
 */
export function linedTintOptions(
  hue: Hue,
  style: Line['style'],
  theme: Theme,
  level: number,
): vscode.DecorationRenderOptions {
  const width = Math.floor((level * WIDEST_LINE) / (LEVELS - 1));
  const { colour } = tintOf(hue, theme.ground, level, theme.hues);
  const line = width > 0 ? underlineOptions({ style, width, colour: rgba(colour, 1) }, theme) : {};
  return { ...tintOptions(hue, theme, level), ...line };
}

/** A mark beside the scroll bar. */
export function markOptions(hue: Hue, { ground, hues }: Theme, level: number): vscode.DecorationRenderOptions {
  const { colour, opacity } = tintOf(hue, ground, level, hues);
  return { overviewRulerColor: rgba(colour, opacity), overviewRulerLane: vscode.OverviewRulerLane.Right };
}
