import * as vscode from 'vscode';
import type { Span } from '../../shared/tokens';
import type { ChatTokens } from '../chat/chat-tokens';
import { Debounced } from '../debounced';
import { rangeOf } from '../documents/spans';
import type { TrackedDocuments } from '../documents/tracked-documents';
import type { DocumentReading } from '../readings/document-readings';
import { firstTokenAfter, type ReadingPart } from '../readings/reading';
import { settings } from '../settings';
import { showError } from '../show-error';
import { DecoratedRanges, DecorationSet } from './decoration-set';
import type { Overlay } from './overlays';
import { rightToLeftLines } from './right-to-left';
import type { Theme } from './theme';
import { bandTints } from './tints';
import { spansAtTypingSpeed } from './visible';
import { whitespaceGlyphs, whitespaceOptions } from './whitespace';

/** Without a key for so long, typing is over: longer than one who types stops to think of a letter. */
const PAUSE_MS = 1000;

type DecorationName = 'even' | 'odd' | 'edge' | 'split' | 'whitespace';

/** Some tokens of a document in their order, as UTF-16 spans. */
interface TokenSpans {
  starts: ArrayLike<number>;
  ends: ArrayLike<number>;
  /** How many tokens stand before them: in the document, or in their line. */
  first: number;
}

/** Token boundaries as two quiet tints in turn. They follow typing: only the tokenizer is needed. */
export class Bands implements Overlay {
  readonly #documents: TrackedDocuments;
  readonly #chats: ChatTokens;
  readonly #coloured: (document: vscode.TextDocument) => DocumentReading | undefined;
  readonly #decorations = new DecorationSet<DecorationName>(decorationOptions);
  /** The version of its document that an editor was drawn at. */
  readonly #drawn = new WeakMap<vscode.TextEditor, number>();
  readonly #typed = new Set<vscode.TextEditor>();
  readonly #afterTyping = new Debounced(() => this.#drawAfterTyping(), PAUSE_MS);
  #on = false;

  /** @param coloured what the colours show that are on a document, if any: then bands are of the same tokens. */
  constructor(
    documents: TrackedDocuments,
    chats: ChatTokens,
    coloured: (document: vscode.TextDocument) => DocumentReading | undefined,
  ) {
    this.#documents = documents;
    this.#chats = chats;
    this.#coloured = coloured;
  }

  get on(): boolean {
    return this.#on;
  }

  /** Texts are tracked when they are drawn. */
  set on(on: boolean) {
    this.#on = on;
    if (!on) this.erase();
  }

  /** @throws VitrineError where the vocabulary cannot be loaded. */
  async show(document: vscode.TextDocument): Promise<void> {
    if (!this.#chats.isChat(document)) await this.#documents.track(document);
    this.#on = true;
  }

  draw(editor: vscode.TextEditor): void {
    if (!this.#on) return;
    const tokensIn = this.#reader(editor.document);
    if (!tokensIn) return;
    const isTyping = this.#isTyping(editor);
    const ranges = new DecoratedRanges<DecorationName>();
    // Tints would be taken for colours there.
    const add = this.#coloured(editor.document) ? addEdges : addBands;
    for (const span of spansAtTypingSpeed(editor, isTyping)) {
      const uncut = rightToLeftLines(editor.document, span);
      const before = tokensIn(startOfLine(editor.document, span));
      for (const [part, tokens] of tokensIn(span).entries()) {
        const inLine = { ...tokens, first: tokens.first - (before[part]?.first ?? 0) };
        add(editor.document, inLine, ranges, uncut);
      }
      if (settings.showWhitespace()) addWhitespace(editor.document, span, ranges, uncut);
    }
    this.#decorations.set(editor, ranges);
  }

  erase(): void {
    this.#afterTyping.dispose();
    this.#typed.clear();
    this.#decorations.dispose();
  }

  /** Whether the text has changed just before: then the editor is drawn again, with more of the text, after a pause. */
  #isTyping(editor: vscode.TextEditor): boolean {
    const { version } = editor.document;
    const isChanged = (this.#drawn.get(editor) ?? version) !== version;
    this.#drawn.set(editor, version);
    if (isChanged) {
      this.#typed.add(editor);
      this.#afterTyping.request();
    }
    return this.#typed.has(editor);
  }

  #drawAfterTyping(): void {
    const editors = vscode.window.visibleTextEditors.filter((editor) => this.#typed.has(editor));
    this.#typed.clear();
    for (const editor of editors) this.draw(editor);
  }

  /** Where the tokens come from; undefined while an edit is being encoded: the bands that are there move with the text. */
  #reader(document: vscode.TextDocument): ((span: Span) => TokenSpans[]) | undefined {
    const coloured = settings.tokenizer() === 'model' ? undefined : this.#coloured(document);
    if (coloured) {
      return ({ start, end }) =>
        coloured.reading.parts.map((part) => tokensOf(part, start, Math.min(end, coloured.freshBefore)));
    }
    if (this.#chats.isChat(document)) return (span) => this.#chats.knownIn(document, span);
    const tracked = this.#documents.get(document);
    if (!tracked) this.#documents.track(document).catch((error: unknown) => this.#fail(error));
    return tracked?.settled ? ({ start, end }) => [tracked.tokens.tokensBetween(start, end)] : undefined;
  }

  #fail(error: unknown): void {
    if (!this.#on) return;
    this.on = false;
    void showError(error);
  }
}

/** The first character of the line that a span begins in. */
function startOfLine(document: vscode.TextDocument, span: Span): Span {
  const start = span.start - document.positionAt(span.start).character;
  return { start, end: start + 1 };
}

function tokensOf(part: ReadingPart, start: number, end: number): TokenSpans {
  const first = firstTokenAfter(part, start);
  const last = firstTokenAfter(part, end);
  const starts = part.starts.subarray(first, last);
  const ends = part.ends.subarray(first, last);
  if (!part.apart) return { starts, ends, first };
  const isThere = (_: number, index: number) => (ends[index] ?? 0) > (starts[index] ?? 0);
  return { starts: starts.filter(isThere), ends: ends.filter(isThere), first: 0 };
}

function addBands(
  document: vscode.TextDocument,
  { starts, ends, first }: TokenSpans,
  ranges: DecoratedRanges<DecorationName>,
): void {
  let turn = first;
  let line = -1;
  for (let i = 0; i < starts.length; i++) {
    const start = starts[i] ?? 0;
    const end = ends[i] ?? 0;
    const range = rangeOf(document, { start, end });
    // Every line begins with the same decoration, unless a token reaches into it: so an edit leaves other lines as they are.
    if (range.start.line !== line && range.start.character === 0) turn = 0;
    line = range.start.line;
    // Neighbours need different decorations: the editor draws as one what touches and looks alike.
    ranges.add(turn % 2 === 0 ? 'even' : 'odd', { range });
    addSplit(document, { start: starts[i + 1] ?? end, end }, ranges);
    turn++;
  }
}

/** Marks where a token begins, unless that is where a line begins. @param uncut lines without, which a mark would cut */
function addEdges(
  document: vscode.TextDocument,
  { starts, ends }: TokenSpans,
  ranges: DecoratedRanges<DecorationName>,
  uncut: ReadonlySet<number>,
): void {
  for (let i = 0; i < starts.length; i++) {
    const end = ends[i] ?? 0;
    const range = rangeOf(document, { start: starts[i] ?? 0, end });
    const at = range.isSingleLine ? range.start : afterBreaks(document, range);
    if (at && at.character > 0 && !uncut.has(at.line)) ranges.add('edge', { range: new vscode.Range(at, at) });
    addSplit(document, { start: starts[i + 1] ?? end, end }, ranges);
  }
}

/** Neighbours overlap where they share a character, of which each has some bytes. */
function addSplit(document: vscode.TextDocument, shared: Span, ranges: DecoratedRanges<DecorationName>): void {
  if (shared.start < shared.end) ranges.add('split', { range: rangeOf(document, shared) });
}

/** Where something of a token can be seen: an edge of a line break would be a bar in the void. */
function afterBreaks(document: vscode.TextDocument, range: vscode.Range): vscode.Position | undefined {
  const text = document.getText(range);
  const breaks = text.search(/[^\r\n]/);
  return breaks < 0 ? undefined : document.positionAt(document.offsetAt(range.start) + breaks);
}

function addWhitespace(
  document: vscode.TextDocument,
  span: Span,
  ranges: DecoratedRanges<DecorationName>,
  uncut: ReadonlySet<number>,
): void {
  for (const glyph of whitespaceGlyphs(document, span, uncut)) ranges.add('whitespace', glyph);
}

function decorationOptions({ ground, highContrast }: Theme): [DecorationName, vscode.DecorationRenderOptions][] {
  const { even, odd } = bandTints(ground);
  const edgeColour = new vscode.ThemeColor(highContrast ? 'contrastBorder' : 'editorIndentGuide.activeBackground1');
  const borders = { borderWidth: '0 1px', borderStyle: 'solid', borderColor: edgeColour };
  // In the line of text itself, since the colours are opaque, and takes no room.
  const bar = { contentText: '', width: '1px', height: '1em', margin: '0 -1px 0 0', backgroundColor: edgeColour };
  return [
    ['even', { backgroundColor: even }],
    ['odd', { backgroundColor: odd, ...(highContrast && borders) }],
    ['edge', { before: bar }],
    ['split', { border: '1px dotted', borderColor: new vscode.ThemeColor('editor.foreground') }],
    ['whitespace', whitespaceOptions],
  ];
}
