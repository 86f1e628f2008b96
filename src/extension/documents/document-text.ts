import * as vscode from 'vscode';
import { VitrineError } from '../../shared/errors';

/** Lines put together in one step, in a millisecond or so. */
const STEP_LINES = 4096;

/** The text of a document, in steps of bounded work: the editor keeps it by line. */
export function* textOf(document: vscode.TextDocument): Generator<undefined, string> {
  const parts: string[] = [];
  for (let line = 0; line < document.lineCount; line += STEP_LINES) {
    parts.push(document.getText(new vscode.Range(line, 0, line + STEP_LINES, 0)));
    yield;
  }
  return parts.join('');
}

/** @throws VitrineError where a document has nothing that a model could read. */
export function refuseEmpty(document: vscode.TextDocument): void {
  if (document.lineCount > 1 || document.lineAt(0).text !== '') return;
  const sentence = vscode.l10n.t('This document is empty: write or paste some text, and the model can read it.');
  throw new VitrineError('editor.empty', sentence);
}
