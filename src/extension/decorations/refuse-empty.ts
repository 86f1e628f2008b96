import * as vscode from 'vscode';
import { VitrineError } from '../../shared/errors';

/** @throws VitrineError where a document has nothing that a model could read. */
export function refuseEmpty(document: vscode.TextDocument): void {
  if (document.lineCount > 1 || document.lineAt(0).text !== '') return;
  const sentence = vscode.l10n.t('This document is empty: write or paste some text, and the model can read it.');
  throw new VitrineError('editor.empty', sentence);
}
