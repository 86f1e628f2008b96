import * as vscode from 'vscode';
import type { Span } from '../../shared/tokens';

interface Margin {
  /** Lines beyond what is seen, so that scrolling a little shows no bare text. */
  lines: number;
  /** What is taken begins and ends at multiples of so many lines: to scroll by fewer changes nothing. */
  block: number;
}

const READING: Margin = { lines: 20, block: 20 };
/** Who types does not scroll: half of the paint is enough, which the window puts in place anew at every key. */
const TYPING: Margin = { lines: 2, block: 1 };
/** What a model reads, which takes its time. */
const MODEL: Margin = { lines: 20, block: 1 };

/** The editor draws no more of a line (its setting `stopRenderingLineAfter`). */
const LINE_UNITS = 10_000;

/**
 * In a longer line that does not wrap, the window measures the place of every band anew at every key, the slower the longer
 * the line is; and nobody says which columns it shows but that the cursor's are among them. Bands there are so many units
 * to either side of it, as wide as most windows, by blocks: a cursor that moves inside one changes nothing.
 */
const LONG_LINE_UNITS = 4000;
const COLUMNS_AROUND_CURSOR = 200;
const COLUMN_BLOCK = 50;

/** More than one edit by hand adds to a line. */
const LATE_UNITS = 1000;

/** UTF-16 units of one editor that are painted at most: a screen of ordinary lines is a tenth of it. */
const EDITOR_UNITS = 50_000;

/** The parts of the text that are painted in an editor: what it shows, and more; in UTF-16 offsets, in order and apart. */
export function visibleSpans(editor: vscode.TextEditor): Span[] {
  return spansOf(editor, READING);
}

/** The same of what is painted anew at every key: few enough for nobody to feel it, whatever the lines are. */
export function spansAtTypingSpeed(editor: vscode.TextEditor, isTyping: boolean): Span[] {
  return spansOf(editor, isTyping ? TYPING : READING, columnsAroundCursor(editor));
}

/** Whether it depends on the cursor which bands there are. */
export function followsCursor({ document, visibleRanges }: vscode.TextEditor): boolean {
  return visibleRanges.some(({ start, end }) => {
    for (let line = start.line; line <= end.line && line < document.lineCount; line++) {
      if (isLong(document.lineAt(line))) return true;
    }
    return false;
  });
}

/** @param columns of lines that are long, where not all are wanted */
function spansOf(editor: vscode.TextEditor, margin: Margin, columns?: Span): Span[] {
  const { document } = editor;
  const spans: Span[] = [];
  let units = 0;
  for (const range of withMargin(editor, margin)) {
    for (let line = range.start.line; line <= range.end.line && units < EDITOR_UNITS; line++) {
      const span = lineSpan(document, line, line === range.start.line ? range.start.character : 0, columns);
      if (span.end <= span.start) continue;
      const before = spans.at(-1);
      if (before && before.end >= span.start) before.end = span.end;
      else spans.push(span);
      units += span.end - span.start;
    }
  }
  return spans;
}

/** The columns of long lines that have bands; undefined where lines wrap, so that more of one is seen. */
function columnsAroundCursor(editor: vscode.TextEditor): Span | undefined {
  if (isWrapped(editor)) return undefined;
  const start = Math.floor(editor.selection.active.character / COLUMN_BLOCK) * COLUMN_BLOCK;
  return { start: start - COLUMNS_AROUND_CURSOR, end: start + COLUMN_BLOCK + COLUMNS_AROUND_CURSOR };
}

function isLong({ range }: vscode.TextLine): boolean {
  return range.end.character > LONG_LINE_UNITS;
}

/**
 * Whether long lines are wrapped: by the settings, or, where a person has switched it for this editor alone, because one
 * begins or ends outside of what is seen. What is seen is told a key later than the text.
 */
function isWrapped({ document, visibleRanges }: vscode.TextEditor): boolean {
  if (vscode.workspace.getConfiguration('editor', document).get('wordWrap') !== 'off') return true;
  return visibleRanges.some(({ start, end }) => {
    const line = document.lineAt(Math.min(end.line, document.lineCount - 1));
    return start.character > 0 || end.character + LATE_UNITS < line.range.end.character;
  });
}

/** From where to where someone sees a document, with a margin; empty where nobody does. */
export function visiblePart(document: vscode.TextDocument): Span {
  const editors = vscode.window.visibleTextEditors.filter((editor) => editor.document === document);
  const spans = editors.flatMap((editor) => spansOf(editor, MODEL));
  const end = Math.max(0, ...spans.map((span) => span.end));
  return { start: Math.min(end, ...spans.map((span) => span.start)), end };
}

function withMargin({ document, visibleRanges }: vscode.TextEditor, { lines, block }: Margin): vscode.Range[] {
  return visibleRanges.map((range) => {
    const first = Math.max(0, Math.floor((range.start.line - lines) / block) * block);
    const beyond = Math.ceil((range.end.line + 1 + lines) / block) * block;
    const last = Math.min(document.lineCount, beyond) - 1;
    const start = first < range.start.line ? new vscode.Position(first, 0) : range.start;
    return new vscode.Range(start, document.lineAt(last).range.end);
  });
}

/** A line with its break, from a character on, as far as the editor draws it; of a long one the columns that are wanted. */
function lineSpan(document: vscode.TextDocument, line: number, character: number, columns?: Span): Span {
  const textLine = document.lineAt(line);
  const lineStart = document.offsetAt(textLine.range.start);
  const start = lineStart + character;
  const end = Math.min(document.offsetAt(textLine.rangeIncludingLineBreak.end), start + LINE_UNITS);
  if (!columns || !isLong(textLine)) return { start, end };
  return { start: Math.max(start, lineStart + columns.start), end: Math.min(end, lineStart + columns.end) };
}
