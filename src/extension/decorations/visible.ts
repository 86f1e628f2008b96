import * as vscode from 'vscode';
import type { Span } from '../../shared/tokens';

/** Lines painted beyond what is seen, so that scrolling a little shows no bare text. */
const MARGIN_LINES = 20;

/** What is painted begins and ends at multiples of so many lines: to scroll by fewer paints nothing anew. */
const BLOCK_LINES = 20;

/** The editor draws no more of a line (its setting `stopRenderingLineAfter`). */
const LINE_UNITS = 10_000;

/** UTF-16 units of one editor that are painted at most: a screen of ordinary lines is a tenth of it. */
const EDITOR_UNITS = 50_000;

/** The parts of the text that are painted in an editor: what it shows, and more; in UTF-16 offsets, in order and apart. */
export function visibleSpans(editor: vscode.TextEditor): Span[] {
  return spansOf(editor, BLOCK_LINES);
}

function spansOf(editor: vscode.TextEditor, blockLines: number): Span[] {
  const { document } = editor;
  const spans: Span[] = [];
  let units = 0;
  for (const range of withMargin(editor, blockLines)) {
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
  const spans = editors.flatMap((editor) => spansOf(editor, 1));
  const end = Math.max(0, ...spans.map((span) => span.end));
  return { start: Math.min(end, ...spans.map((span) => span.start)), end };
}

function withMargin({ document, visibleRanges }: vscode.TextEditor, blockLines: number): vscode.Range[] {
  return visibleRanges.map((range) => {
    const first = Math.max(0, Math.floor((range.start.line - MARGIN_LINES) / blockLines) * blockLines);
    const beyond = Math.ceil((range.end.line + 1 + MARGIN_LINES) / blockLines) * blockLines;
    const last = Math.min(document.lineCount, beyond) - 1;
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
