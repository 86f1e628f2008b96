import * as vscode from 'vscode';
import type { Readings } from '../readings/readings';

/** Switches how selections are read, and says what changed. What is coloured is read anew. */
export function toggleReadingMode(readings: Readings): void {
  readings.mode = readings.mode === 'withTextBefore' ? 'selectionAlone' : 'withTextBefore';
  void vscode.window.showInformationMessage(
    readings.mode === 'withTextBefore'
      ? vscode.l10n.t('Selections are read with the text before them.')
      : vscode.l10n.t('Selections are read alone: nothing predicts their first token.'),
  );
}
