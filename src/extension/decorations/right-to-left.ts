import * as vscode from 'vscode';
import type { Span } from '../../shared/tokens';
import { rangeOf } from './ranges';
import { visibleSpans } from './visible';

/** Letters and marks of the scripts that are written from right to left, by their blocks in Unicode. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/**
 * Whether someone sees text that is written from right to left. The editor lays out by itself every piece of such a line
 * that has a style of its own: letters no longer join, and words stand in the wrong order.
 */
export function isRightToLeftInView(): boolean {
  return vscode.window.visibleTextEditors.some((editor) =>
    visibleSpans(editor).some((span) => RIGHT_TO_LEFT.test(editor.document.getText(rangeOf(editor.document, span)))),
  );
}

/** The lines in a part of a text that are written from right to left, or in part. */
export function rightToLeftLines(document: vscode.TextDocument, span: Span): ReadonlySet<number> {
  const range = rangeOf(document, span);
  const text = document.getText(range);
  const lines = RIGHT_TO_LEFT.test(text) ? text.split('\n') : [];
  return new Set(lines.flatMap((line, i) => (RIGHT_TO_LEFT.test(line) ? [range.start.line + i] : [])));
}
