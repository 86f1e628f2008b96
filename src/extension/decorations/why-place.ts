import type * as vscode from 'vscode';
import { type Reading, type TokenAt, tokenAt } from '../readings/reading';

/** Lines after the cursor that are looked at to know whether anything stands there. */
const BLANK_LINES = 20;

/** The token at the cursor; at the end of the document what comes next, of which the index is that after the last token. */
export function whyPlace({ document, selection }: vscode.TextEditor, reading: Reading): TokenAt | undefined {
  const offset = document.offsetAt(selection.active);
  const found = tokenAt(reading, offset);
  if (found || !isEndOf(document, selection.active)) return found;
  const part = reading.parts.find(({ ends }) => ends.at(-1) === offset);
  return part && { part, index: part.ids.length };
}

/**
 * Whether what comes next is asked about, and not the token that stands there: nothing does, or only line breaks at the end
 * of the document, as editors write them.
 */
export function asksWhatComesNext(document: vscode.TextDocument, { part, index }: TokenAt): boolean {
  return index === part.ids.length || isEndOf(document, document.positionAt(part.starts[index] ?? 0));
}

/** Where a place of a reading stands in its document. */
export function offsetOf({ part, index }: TokenAt): number {
  return part.starts[index] ?? part.ends.at(-1) ?? 0;
}

function isEndOf(document: vscode.TextDocument, { line, character }: vscode.Position): boolean {
  if (document.lineCount - line > BLANK_LINES) return false;
  if (document.lineAt(line).text.slice(character).trim() !== '') return false;
  for (let next = line + 1; next < document.lineCount; next++) {
    if (!document.lineAt(next).isEmptyOrWhitespace) return false;
  }
  return true;
}
