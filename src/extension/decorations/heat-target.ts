import * as vscode from 'vscode';
import type { Span } from '../../shared/tokens';
import { Debounced } from '../debounced';
import { hasSelection, selectedSpans } from '../documents/spans';
import { isReplaced, shiftSpan } from '../readings/changed-part';
import type { DocumentReading } from '../readings/document-readings';
import type { ColouredBy } from './coloured-by';
import { visiblePart } from './visible';

/** Lines that are read beyond the last that is seen. */
const LINES_AHEAD = 10;

/** A pause after which more of the text before is read. */
const IDLE_MS = 1500;

/** What the model reads for a target. */
interface ReadingUnderWay {
  shown: readonly Span[];
  /** How many tokens that are, where it is known. */
  tokens: number | undefined;
}

/** Reads a target: what is seen of it, or more of the text before that. */
interface TargetReader {
  /** A pause in typing or scrolling after which the text is read again, in milliseconds. */
  readonly pause: number;
  readAgain(target: HeatTarget): void;
  readContext(target: HeatTarget): void;
}

/** A document that is coloured, and by what: where it was selected, or else as far as someone sees it. */
export class HeatTarget implements vscode.Disposable {
  readonly document: vscode.TextDocument;
  readonly quantity: ColouredBy;
  /** What the model reads at the moment. */
  underWay: ReadingUnderWay | undefined;
  readonly #reader: TargetReader;
  readonly #readAgain: Debounced;
  readonly #readContext: Debounced;
  #selections: Span[] | undefined;
  /** From which offset on it was seen when a person cancelled its reading. */
  #cancelledAt: number | undefined;

  /**
   * @param selections in UTF-16 offsets; undefined for all that is seen.
   * @param reader asked after a pause when what is seen may not have been read.
   */
  constructor(
    document: vscode.TextDocument,
    quantity: ColouredBy,
    selections: Span[] | undefined,
    reader: TargetReader,
  ) {
    this.document = document;
    this.quantity = quantity;
    this.#reader = reader;
    this.#readAgain = new Debounced(() => reader.readAgain(this), 0);
    this.#readContext = new Debounced(() => reader.readContext(this), IDLE_MS);
    this.#selections = selections;
  }

  /** What an editor has selected; undefined where that is nothing. */
  static selectionsOf(editor: vscode.TextEditor): Span[] | undefined {
    return hasSelection(editor) ? selectedSpans(editor) : undefined;
  }

  /** The same for another document with its text. */
  forDocument(document: vscode.TextDocument): HeatTarget {
    return new HeatTarget(document, this.quantity, this.#selections, this.#reader);
  }

  get ofSelection(): boolean {
    return this.#selections !== undefined;
  }

  /** In UTF-16 offsets; undefined where the document is coloured as far as someone sees it. */
  get selections(): readonly Span[] | undefined {
    return this.#selections;
  }

  /** What is seen of the document, and a little of what comes next. */
  get seen(): Span {
    return { start: visiblePart(this.document, 0).start, end: visiblePart(this.document, LINES_AHEAD).end };
  }

  /** Whether an editor has nothing else selected. */
  isStillTargetOf(editor: vscode.TextEditor): boolean {
    return !hasSelection(editor) || JSON.stringify(selectedSpans(editor)) === JSON.stringify(this.#selections);
  }

  /** Whether of all that was selected nothing is left. */
  get isGone(): boolean {
    return this.#selections?.length === 0;
  }

  get isVisible(): boolean {
    return vscode.window.visibleTextEditors.some((editor) => editor.document === this.document);
  }

  /** Whether what is seen has been read. */
  isReadIn(known: DocumentReading | undefined): boolean {
    return known !== undefined && !known.stale && known.reading.complete && this.#isIn(known.reading.shown);
  }

  /** Whether what is seen is being read. */
  get isUnderWay(): boolean {
    return this.underWay !== undefined && this.#isIn(this.underWay.shown);
  }

  /** What is selected is read whole, wherever one scrolls. */
  #isIn(shown: readonly Span[]): boolean {
    if (this.#selections !== undefined) return true;
    const seen = visiblePart(this.document, 0);
    return shown.some(({ start, end }) => start <= seen.start && end >= seen.end);
  }

  /** Whether a person has cancelled its reading and neither scrolled nor typed since. */
  get isCancelled(): boolean {
    return this.#cancelledAt === visiblePart(this.document, 0).start;
  }

  cancel(): void {
    this.#cancelledAt = visiblePart(this.document, 0).start;
  }

  edited(changes: readonly vscode.TextDocumentContentChangeEvent[]): void {
    for (const change of changes) {
      const left = this.#selections?.filter((span) => !isReplaced(span, change));
      this.#selections = left?.map((span) => shiftSpan(span, change));
    }
    this.resume();
  }

  /** Has it read although a person has cancelled that: it is another text now, or is read in another way. */
  resume(): void {
    this.underWay = undefined;
    this.#cancelledAt = undefined;
    this.requestReading();
  }

  /** @param pause after which it is read, in milliseconds */
  requestReading(pause = this.#reader.pause): void {
    this.#readContext.dispose();
    this.#readAgain.request(pause);
  }

  requestContext(): void {
    this.#readContext.request();
  }

  dispose(): void {
    this.#readAgain.dispose();
    this.#readContext.dispose();
  }
}
