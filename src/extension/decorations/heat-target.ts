import * as vscode from 'vscode';
import type { Quantity } from '../../display/quantities';
import type { Span } from '../../shared/tokens';
import { Debounced } from '../debounced';
import { selectedSpans } from '../documents/spans';
import { isReplaced, shiftSpan } from '../readings/changed-part';
import type { DocumentReading } from '../readings/document-readings';
import { visiblePart } from './visible';

/** A pause in typing or scrolling after which the text is read again. */
const PAUSE_MS = 150;

/** A document that is coloured, and by what: where it was selected, or else as far as someone sees it. */
export class HeatTarget implements vscode.Disposable {
  readonly document: vscode.TextDocument;
  readonly quantity: Quantity;
  /** Whether a person has cancelled its reading and neither scrolled nor typed since. */
  isCancelled = false;
  readonly #readAgain: Debounced;
  #selections: Span[] | undefined;

  /**
   * @param selections in UTF-16 offsets; undefined for all that is seen.
   * @param readAgain called when what is seen may not have been read, after a pause.
   */
  constructor(
    document: vscode.TextDocument,
    quantity: Quantity,
    selections: Span[] | undefined,
    readAgain: (target: HeatTarget) => void,
  ) {
    this.document = document;
    this.quantity = quantity;
    this.#readAgain = new Debounced(() => readAgain(this), PAUSE_MS);
    this.#selections = selections;
  }

  /** What an editor has selected; undefined where that is nothing. */
  static selectionsOf(editor: vscode.TextEditor): Span[] | undefined {
    return hasSelection(editor) ? selectedSpans(editor) : undefined;
  }

  /** The same for another document with its text. */
  forDocument(document: vscode.TextDocument, readAgain: (target: HeatTarget) => void): HeatTarget {
    return new HeatTarget(document, this.quantity, this.#selections, readAgain);
  }

  get ofSelection(): boolean {
    return this.#selections !== undefined;
  }

  /** What the model is asked for, in UTF-16 offsets. */
  get spans(): readonly Span[] {
    return this.#selections ?? [{ start: 0, end: visiblePart(this.document).end }];
  }

  /** From which offset on somebody waits for it. */
  get visibleStart(): number {
    return this.#selections ? (this.#selections[0]?.start ?? 0) : visiblePart(this.document).start;
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
    if (!known || known.stale || !known.reading.complete) return false;
    if (this.#selections) return true;
    const { parts, cut, shown } = known.reading;
    const { start, end } = visiblePart(this.document);
    const readFrom = cut > 0 ? (parts[0]?.starts[0] ?? 0) : 0;
    return readFrom <= start && shown.some((span) => span.end >= end);
  }

  edited(changes: readonly vscode.TextDocumentContentChangeEvent[]): void {
    for (const change of changes) {
      const left = this.#selections?.filter((span) => !isReplaced(span, change));
      this.#selections = left?.map((span) => shiftSpan(span, change));
    }
    this.requestReading();
  }

  requestReading(): void {
    this.isCancelled = false;
    this.#readAgain.request();
  }

  dispose(): void {
    this.#readAgain.dispose();
  }
}

const hasSelection = ({ selections }: vscode.TextEditor) => selections.some((selection) => !selection.isEmpty);
