import * as vscode from 'vscode';
import type { Span } from '../../shared/tokens';

/** Lines painted beyond what is seen, so that scrolling a little shows no bare text. */
const MARGIN_LINES = 20;

/** The editor draws no more of a line (its setting `stopRenderingLineAfter`). */
const LINE_UNITS = 10_000;

/** UTF-16 units of one editor that are painted at most: a screen of ordinary lines is a tenth of it. */
const EDITOR_UNITS = 50_000;

/** The parts of the text that an editor shows, as UTF-16 offsets, in order and apart. */
export function visibleSpans(editor: vscode.TextEditor): Span[] {
  const { document } = editor;
  const spans: Span[] = [];
  let units = 0;
  for (const range of withMargin(editor)) {
    for (let line = range.start.line; line <= range.end.line && units < EDITOR_UNITS; line++) {
      const span = lineSpan(document, line, line === range.start.line ? range.start.character : 0);
      const before = spans.at(-1);
      if (before && before.end >= span.start) before.end = span.end;
      else spans.push(span);
      units += span.end - span.start;
    }
  }
  return spans;
}

/** From where to where someone sees a document, with a margin; empty where nobody does. */
export function visiblePart(document: vscode.TextDocument): Span {
  const editors = vscode.window.visibleTextEditors.filter((editor) => editor.document === document);
  const spans = editors.flatMap(visibleSpans);
  const end = Math.max(0, ...spans.map((span) => span.end));
  return { start: Math.min(end, ...spans.map((span) => span.start)), end };
}

function withMargin({ document, visibleRanges }: vscode.TextEditor): vscode.Range[] {
  return visibleRanges.map((range) => {
    const first = Math.max(0, range.start.line - MARGIN_LINES);
    const last = Math.min(document.lineCount - 1, range.end.line + MARGIN_LINES);
    const start = first < range.start.line ? new vscode.Position(first, 0) : range.start;
    return new vscode.Range(start, document.lineAt(last).range.end);
  });
}

/** A line with its break, from a character on, as far as the editor draws it. */
function lineSpan(document: vscode.TextDocument, line: number, character: number): Span {
  const { rangeIncludingLineBreak } = document.lineAt(line);
  const start = document.offsetAt(new vscode.Position(line, character));
  return { start, end: Math.min(document.offsetAt(rangeIncludingLineBreak.end), start + LINE_UNITS) };
}
