import * as vscode from 'vscode';

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
