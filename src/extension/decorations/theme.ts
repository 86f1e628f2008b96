import * as vscode from 'vscode';
import { settings } from '../settings';
import { type ChosenHues, type Ground, type Hue, overEditor, rgba, tintOf } from './tints';

export interface Theme {
  ground: Ground;
  highContrast: boolean;
  hues: ChosenHues;
}

export function currentTheme(): Theme {
  const { kind } = vscode.window.activeColorTheme;
  const { Light, HighContrast, HighContrastLight } = vscode.ColorThemeKind;
  return {
    ground: kind === Light || kind === HighContrastLight ? 'light' : 'dark',
    highContrast: kind === HighContrast || kind === HighContrastLight,
    hues: settings.hues(),
  };
}

/** How text of a level looks. High contrast draws selected text in the colour of the background, which no tint may have under it. */
export function tintOptions(
  hue: Hue,
  { ground, highContrast, hues }: Theme,
  level: number,
): vscode.DecorationRenderOptions {
  const tint = tintOf(hue, ground, level, hues);
  return {
    backgroundColor: overEditor(tint),
    ...((tint.plainText || highContrast) && { color: new vscode.ThemeColor('editor.foreground') }),
  };
}

/** A mark beside the scroll bar. */
export function markOptions(hue: Hue, { ground, hues }: Theme, level: number): vscode.DecorationRenderOptions {
  const { colour, opacity } = tintOf(hue, ground, level, hues);
  return { overviewRulerColor: rgba(colour, opacity), overviewRulerLane: vscode.OverviewRulerLane.Right };
}
