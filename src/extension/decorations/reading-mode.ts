import * as vscode from 'vscode';
import type { Analyses } from '../analysis/analyses';

/** Switches how selections are read, and says what changed. What is coloured is read anew. */
export function toggleReadingMode(analyses: Analyses): void {
  analyses.mode = analyses.mode === 'withTextBefore' ? 'selectionAlone' : 'withTextBefore';
  void vscode.window.showInformationMessage(
    analyses.mode === 'withTextBefore'
      ? vscode.l10n.t('Selections are read with the text before them.')
      : vscode.l10n.t('Selections are read alone: nothing predicts their first token.'),
  );
}
