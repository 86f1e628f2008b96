import * as vscode from 'vscode';
import type { Span } from '../../shared/tokens';

interface Margin {
  /** Lines beyond what is seen, so that scrolling a little shows no bare text. */
  lines: number;
  /** What is taken begins and ends at multiples of so many lines: to scroll by fewer changes nothing. */
  block: number;
  /** UTF-16 units beyond what is seen of a long line, where that wraps. */
  units: number;
}

/** The editor draws no more of a line (its setting `stopRenderingLineAfter`). */
const LINE_UNITS = 10_000;

const READING: Margin = { lines: 20, block: 20, units: 2000 };
/** Who types does not scroll: half of the paint is enough, which the window puts in place anew at every key. */
const TYPING: Margin = { lines: 2, block: 1, units: 0 };
/** What a model reads, which takes its time. */
const MODEL: Margin = { lines: 20, block: 1, units: LINE_UNITS };

/**
 * In a longer line the window measures the place of every band that it shows anew at every key, the slower the longer the line
 * is; and of one that does not wrap nobody says which columns it shows but that the cursor's are among them. Bands there, and
 * in one that wraps while someone types, are so many units to either side of the cursor, as wide as most windows, by blocks: a
 * cursor that moves inside one changes nothing.
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
  return spansOf(editor, isTyping ? TYPING : READING, columnsAroundCursor(editor, isTyping));
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
  for (const visible of editor.visibleRanges) {
    const range = withMargin(document, visible, margin);
    for (let line = range.start.line; line <= range.end.line && units < EDITOR_UNITS; line++) {
      const from = line === range.start.line ? range.start.character : 0;
      const to = line === visible.end.line ? visible.end.character + margin.units : Number.POSITIVE_INFINITY;
      const span = lineSpan(document, line, { start: from, end: to }, columns);
      if (span.end <= span.start) continue;
      const before = spans.at(-1);
      if (before && before.end >= span.start) before.end = span.end;
      else spans.push(span);
      units += span.end - span.start;
    }
  }
  return spans;
}

/** The columns of long lines that have bands; undefined where lines wrap and nobody types, so that more of one is seen. */
function columnsAroundCursor(editor: vscode.TextEditor, isTyping: boolean): Span | undefined {
  const wrapped = isWrapped(editor);
  if (wrapped && !isTyping) return undefined;
  const cursor = editor.selection.active.character;
  // Where the cursor is beyond all that is drawn of a line, the window shows the last of that.
  const column = wrapped ? cursor : Math.min(cursor, LINE_UNITS);
  const start = Math.floor(column / COLUMN_BLOCK) * COLUMN_BLOCK;
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

/** From where to where someone sees a document, with some lines more; empty where nobody does. */
export function visiblePart(document: vscode.TextDocument, lines = MODEL.lines): Span {
  const editors = vscode.window.visibleTextEditors.filter((editor) => editor.document === document);
  const spans = editors.flatMap((editor) => spansOf(editor, { ...MODEL, lines }));
  const end = Math.max(0, ...spans.map((span) => span.end));
  return { start: Math.min(end, ...spans.map((span) => span.start)), end };
}

function withMargin(document: vscode.TextDocument, seen: vscode.Range, { lines, block }: Margin): vscode.Range {
  const first = Math.max(0, Math.floor((seen.start.line - lines) / block) * block);
  const beyond = Math.ceil((seen.end.line + 1 + lines) / block) * block;
  const last = Math.min(document.lineCount, beyond) - 1;
  const start = first < seen.start.line ? new vscode.Position(first, 0) : seen.start;
  return new vscode.Range(start, document.lineAt(last).range.end);
}

/**
 * A line with its break, from a character on, as far as the editor draws it; of a long one what is wanted.
 *
 * @param wanted from the line's start
 * @param columns the same, where it does not wrap
 */
function lineSpan(document: vscode.TextDocument, line: number, wanted: Span, columns?: Span): Span {
  const textLine = document.lineAt(line);
  const lineStart = document.offsetAt(textLine.range.start);
  const start = lineStart + wanted.start;
  const end = Math.min(document.offsetAt(textLine.rangeIncludingLineBreak.end), start + LINE_UNITS);
  if (!isLong(textLine)) return { start, end };
  const from = Math.max(wanted.start, columns?.start ?? 0);
  const to = Math.min(wanted.end, columns?.end ?? wanted.end);
  return { start: lineStart + from, end: Math.min(end, lineStart + to) };
}
