import * as vscode from 'vscode';
import type { Span } from '../../shared/tokens';
import { rangeOf } from '../documents/spans';
import { isRightToLeft } from '../right-to-left';
import { visibleSpans } from './visible';

/**
 * Whether someone sees text that is written from right to left. The editor lays out by itself every piece of such a line
 * that has a style of its own: letters no longer join, and words stand in the wrong order.
 */
export function isRightToLeftInView(): boolean {
  return vscode.window.visibleTextEditors.some((editor) =>
    visibleSpans(editor).some((span) => isRightToLeft(editor.document.getText(rangeOf(editor.document, span)))),
  );
}

/** The lines in a part of a text that are written from right to left, or in part. */
export function rightToLeftLines(document: vscode.TextDocument, span: Span): ReadonlySet<number> {
  const range = rangeOf(document, span);
  const text = document.getText(range);
  const lines = isRightToLeft(text) ? text.split('\n') : [];
  return new Set(lines.flatMap((line, i) => (isRightToLeft(line) ? [range.start.line + i] : [])));
}
