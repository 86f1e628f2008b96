import * as vscode from 'vscode';
import type { ChosenHues } from '../../shared/inspector-api';
import { settings } from '../settings';
import { isRightToLeftInView } from './right-to-left';
import { type Ground, type Hue, overEditor, rgba, tintOf } from './tints';

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
  style: 'dotted' | 'dashed' | 'solid';
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
    : { borderWidth: `0 0 ${width}px`, borderStyle: style, borderColor: colour };
}

/** A mark beside the scroll bar. */
export function markOptions(hue: Hue, { ground, hues }: Theme, level: number): vscode.DecorationRenderOptions {
  const { colour, opacity } = tintOf(hue, ground, level, hues);
  return { overviewRulerColor: rgba(colour, opacity), overviewRulerLane: vscode.OverviewRulerLane.Right };
}
