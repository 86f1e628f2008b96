import * as vscode from 'vscode';
import { type Ground, type Hue, rgba, tintOf } from './tints';

export interface Theme {
  ground: Ground;
  highContrast: boolean;
}

export function currentTheme(): Theme {
  const { kind } = vscode.window.activeColorTheme;
  const { Light, HighContrast, HighContrastLight } = vscode.ColorThemeKind;
  return {
    ground: kind === Light || kind === HighContrastLight ? 'light' : 'dark',
    highContrast: kind === HighContrast || kind === HighContrastLight,
  };
}

/** How text of a level looks. */
export function tintOptions(hue: Hue, { ground }: Theme, level: number): vscode.DecorationRenderOptions {
  const { colour, opacity, plainText } = tintOf(hue, ground, level);
  return {
    backgroundColor: rgba(colour, opacity),
    ...(plainText && { color: new vscode.ThemeColor('editor.foreground') }),
  };
}
