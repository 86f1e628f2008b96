import { isDeepStrictEqual } from 'node:util';
import type * as vscode from 'vscode';
import type { Subject } from '../../shared/inspector-api';
import type { Span } from '../../shared/tokens';
import { restOfWord } from '../../shared/words';
import { visiblePart } from '../decorations/visible';
import { lengthOf, rangeOf, selectedSpans } from '../documents/spans';
import { shiftSpan } from '../readings/changed-part';
import type { ReadingMode } from '../readings/reading';
import { type SentLimits, sentPart } from '../readings/sent-part';
import type { Excerpt } from './subject';

/** UTF-16 units that are looked at for the rest of a word. */
const LONGEST_REST = 100;

/** A text that was taken out to be read: where it stands as far as one knows, and where it and the selections stood then. */
interface ReadSpans {
  mode: ReadingMode;
  text: string;
  start: number;
  readAt: number;
  spans: Span[];
  main: Span;
}

/** What a person wants to inspect of a document: its selections, or else the document as far as it is seen. */
export class Target {
  readonly document: vscode.TextDocument;
  readonly isVisiblePart: boolean;
  #spans: Span[];
  /** The one with the cursor. */
  #main: Span;
  #read: ReadSpans | undefined;

  /** @param isVisiblePart whether it is the document from its start to the last line that somebody sees, or saw */
  constructor(document: vscode.TextDocument, spans: Span[], main: Span, isVisiblePart: boolean) {
    this.document = document;
    this.#spans = spans;
    this.#main = main;
    this.isVisiblePart = isVisiblePart;
  }

  static of(editor: vscode.TextEditor): Target {
    const { document, selection, selections } = editor;
    if (selections.every(({ isEmpty }) => isEmpty)) return Target.#upTo(document, visiblePart(document).end, true);
    const spans = selectedSpans(editor);
    const start = document.offsetAt(selection.start);
    const main = spans.findLast((span) => span.start <= start) ?? { start: 0, end: 0 };
    return new Target(document, spans, main, false);
  }

  /** The same, but of a document in which nothing is selected the text before the cursor. */
  static toCursor(editor: vscode.TextEditor): Target {
    const { document, selection, selections } = editor;
    const cursor = document.offsetAt(selection.active);
    const isCursor = cursor > 0 && selections.every(({ isEmpty }) => isEmpty);
    return isCursor ? Target.#upTo(document, cursor, false) : Target.of(editor);
  }

  /** The same, but what is seen of the document where an offset is not in the selections. */
  static with(editor: vscode.TextEditor, offset: number): Target {
    const target = Target.of(editor);
    if (target.spans.some(({ start, end }) => start <= offset && offset < end)) return target;
    return Target.#upTo(editor.document, Math.max(visiblePart(editor.document).end, offset + 1), true);
  }

  static #upTo(document: vscode.TextDocument, end: number, isVisiblePart: boolean): Target {
    const span = { start: 0, end };
    return new Target(document, [span], span, isVisiblePart);
  }

  /** Whether it is what is selected in an editor, or holds its cursor where nothing is selected. */
  covers(editor: vscode.TextEditor): boolean {
    if (editor.document !== this.document) return false;
    const cursor = cursorOf(editor);
    if (cursor === undefined) return isDeepStrictEqual(this.#spans, selectedSpans(editor));
    return this.#spans.some(({ start, end }) => start <= cursor && cursor <= end);
  }

  get spans(): readonly Span[] {
    return this.#spans;
  }

  get main(): Span {
    return this.#main;
  }

  /** Undefined where it is the whole document, as far as it is seen. */
  get lines(): Subject['lines'] {
    const [first, last] = [this.#spans[0], this.#spans.at(-1)];
    if (!first || !last || (this.isVisiblePart && last.end >= lengthOf(this.document))) return undefined;
    const end = this.document.positionAt(last.end);
    const start = this.document.positionAt(first.start).line + 1;
    // A whole line is selected to where the next begins.
    return { first: start, last: Math.max(start, end.character > 0 ? end.line + 1 : end.line) };
  }

  /**
   * Takes over what was read for another, where all of this is in it: what the model makes of a token does not depend on what
   * comes after.
   *
   * @param start of the first token that was read, in UTF-16 units of the document
   * @returns whether it is
   */
  takeOver(other: Target, start: number): boolean {
    const read = other.#read;
    if (!read || other.document !== this.document || read.mode === 'selectionAlone') return false;
    const end = read.start + read.text.length;
    const wanted = this.isVisiblePart
      ? [{ start: visiblePart(this.document).start, end: this.#main.end }]
      : this.#spans;
    if (wanted.some((span) => span.start < start || span.end > end)) return false;
    if (this.isVisiblePart) this.#extend(end);
    this.#read = { ...read, spans: this.#spans, main: this.#main };
    return true;
  }

  /**
   * The text that is to be read: all up to the last selection, or the selection with the cursor alone. Of a long one the end
   * that may fit the model's context. Undefined where there is none.
   */
  excerpt(mode: ReadingMode, limits: SentLimits): Excerpt | undefined {
    if (this.isVisiblePart) this.#extend(Math.max(this.#main.end, visiblePart(this.document).end));
    const shown = mode === 'selectionAlone' ? [this.#main] : this.#spans;
    const from = mode === 'selectionAlone' ? this.#main.start : 0;
    const end = Math.max(...shown.map((span) => span.end));
    if (end <= from) return undefined;
    const { start } = sentPart({ start: from, end }, limits);
    const text = this.document.getText(rangeOf(this.document, { start, end }));
    const { lines } = this;
    return { title: titleOf(this.document), lines, from, start, text, shown, restOfWord: this.#restOfWord(text, end) };
  }

  /** Takes note of what is read of it, and in which mode. */
  remember({ text, start }: Excerpt, mode: ReadingMode): void {
    this.#read = { mode, text, start, readAt: start, spans: this.#spans, main: this.#main };
  }

  /** Takes in the rest of the word in which what was read ends. */
  takeRestOfWord(): void {
    if (!this.#read) return;
    const { text, start } = this.#read;
    const end = start + text.length;
    const rest = this.#restOfWord(text, end).length;
    const grown = (span: Span): Span => (span.end === end ? { start: span.start, end: end + rest } : span);
    this.#spans = this.#spans.map(grown);
    this.#main = grown(this.#main);
  }

  #restOfWord(text: string, end: number): string {
    const after = this.document.getText(rangeOf(this.document, { start: end, end: end + LONGEST_REST }));
    return restOfWord(text.slice(-LONGEST_REST), after);
  }

  edited(changes: readonly vscode.TextDocumentContentChangeEvent[]): void {
    const { end } = this.#main;
    this.#spans = this.#spans.map((span) => shiftAll(span, changes));
    this.#main = shiftAll(this.#main, changes);
    // What is typed at the end of the document belongs to it.
    if (this.isVisiblePart) this.#extend(shiftAll({ start: 0, end: end + 1 }, changes).end - 1);
    if (this.#read) this.#read = { ...this.#read, start: shiftAll(spanOf(this.#read), changes).start };
  }

  /**
   * Where the text that was read stands now, if it still does: back where it was, after edits that were undone, or, if it was
   * read alone, moved with what stands before it. UTF-16 units of the document.
   */
  find(): number | undefined {
    if (!this.#read) return undefined;
    const { text, start, readAt, spans, main, mode } = this.#read;
    const isAt = (at: number) => {
      const end = this.isVisiblePart ? this.#main.end : at + text.length;
      return this.document.getText(rangeOf(this.document, { start: at, end })) === text;
    };
    // What the model reads with the text before it is another text where that is another.
    if (mode === 'selectionAlone' && isAt(start)) return start;
    if (!isAt(readAt)) return undefined;
    // What was deleted and came back belongs to it again.
    this.#spans = spans;
    this.#main = main;
    return readAt;
  }

  /** The same, of a document that was closed, in the one that has its address now. */
  in(document: vscode.TextDocument): Target {
    const target = new Target(document, this.#spans, this.#main, this.isVisiblePart);
    target.#read = this.#read;
    return target;
  }

  #extend(end: number): void {
    this.#main = { start: 0, end };
    this.#spans = [this.#main];
  }
}

/** Where the cursor of an editor is; undefined where something is selected. */
export function cursorOf({ document, selections }: vscode.TextEditor): number | undefined {
  const [selection] = selections;
  return selection && selections.every(({ isEmpty }) => isEmpty) ? document.offsetAt(selection.active) : undefined;
}

/** The last part of the address, which is a file's name. */
function titleOf({ uri }: vscode.TextDocument): string {
  return uri.path.split('/').at(-1) || uri.toString();
}

/** Where a span is after changes, each of which is of the text that the one before has left. */
function shiftAll(span: Span, changes: readonly vscode.TextDocumentContentChangeEvent[]): Span {
  return changes.reduce(shiftSpan, span);
}

const spanOf = ({ text, start }: { text: string; start: number }): Span => ({ start, end: start + text.length });
