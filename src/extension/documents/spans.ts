import * as vscode from 'vscode';
import type { Span } from '../../shared/tokens';

/** Whether anything is selected in an editor. */
export const hasSelection = ({ selections }: Pick<vscode.TextEditor, 'selections'>) =>
  selections.some((selection) => !selection.isEmpty);

/** The selections of an editor as UTF-16 offsets, in the order of the text; the whole document where nothing is selected. */
export function selectedSpans({ document, selections }: vscode.TextEditor): Span[] {
  const selected = selections
    .filter((selection) => !selection.isEmpty)
    .map((selection) => spanOf(document, selection))
    .sort((one, other) => one.start - other.start);
  return selected.length > 0 ? selected : [{ start: 0, end: lengthOf(document) }];
}

/** UTF-16 units of a document, without putting its text together. */
export function lengthOf(document: vscode.TextDocument): number {
  return document.offsetAt(document.lineAt(document.lineCount - 1).range.end);
}

export function spanOf(document: vscode.TextDocument, { start, end }: vscode.Range): Span {
  return { start: document.offsetAt(start), end: document.offsetAt(end) };
}

export function rangeOf(document: vscode.TextDocument, { start, end }: Span): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}
