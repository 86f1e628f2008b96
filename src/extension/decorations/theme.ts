import * as vscode from 'vscode';
import type { Ground } from './tints';

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
