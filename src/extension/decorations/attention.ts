import * as vscode from 'vscode';
import type { ModelInfo } from '../../shared/engine-api';
import type { HeadAddress } from '../../shared/head-address';
import type { Span } from '../../shared/tokens';
import { Debounced } from '../debounced';
import { refuseEmpty } from '../documents/document-text';
import { isEngineEnded } from '../engine/engine-ended';
import { type Reading, type TokenAt, tokenAt } from '../readings/reading';
import type { SelectedHead } from '../selected-head';
import type { Services } from '../services';
import { onSettingsChange, settings } from '../settings';
import { AttentionOverlay } from './attention-overlay';
import type { CutNotice } from './cut-notice';
import { FailureNotice } from './failure-notice';
import { withLateProgress } from './late-progress';
import type { Overlays } from './overlays';
import { type PaintedAttention, queryAttention } from './painted-attention';
import { partOfDocument } from './seen-part';
import { visiblePart } from './visible';

/** A pause of the cursor after which its token's attention is painted. */
const PAUSE_MS = 80;
/** What the editor lays over the places of a word, and over what is the same as the selection. */
const MARKS = ['wordHighlight', 'wordHighlightStrong', 'wordHighlightText', 'selectionHighlight'];
/** A rule of its own inside the type's: `:not(&)` keeps it from being about what the type decorates, which is nothing. */
const HIDING_RULE = `:is(${MARKS.map((mark) => `.${mark}`).join(', ')}):not(&) { display: none; }`;

/** Paints what the token at the cursor attends to, and follows the cursor. */
export class Attention implements vscode.Disposable {
  readonly overlay = new AttentionOverlay(() => this.painted);
  readonly #services: Services;
  readonly #overlays: Overlays;
  readonly #cutNotice: CutNotice;
  readonly #failureNotice: FailureNotice;
  readonly #changed: () => void;
  readonly #repaint = new Debounced(() => this.#paintAgain(), PAUSE_MS);
  readonly #didPaint = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable[];
  /** While attention is on. */
  #hiddenMarks: vscode.Disposable | undefined;
  #painted: PaintedAttention | undefined;
  /** Whether the engine ended before it could be painted. */
  #interrupted = false;
  /** The latest request; the answers to others come too late. */
  #request = 0;

  /** Fires when the attention of a token is painted, also of another one than before in the same text. */
  readonly onDidPaint = this.#didPaint.event;

  /** @param changed called when attention is painted somewhere else, or nowhere. */
  constructor(services: Services, overlays: Overlays, cutNotice: CutNotice, changed: () => void) {
    this.#services = services;
    this.#overlays = overlays;
    this.#cutNotice = cutNotice;
    this.#failureNotice = new FailureNotice(services.host);
    this.#changed = changed;
    this.#subscriptions = [
      this.#repaint.requestOn(
        vscode.window.onDidChangeTextEditorSelection,
        vscode.window.onDidChangeActiveTextEditor,
        services.selection.onDidChange,
        services.readings.onDidChange,
        services.readings.onDidChangeReading,
      ),
      services.host.onDidChange(() => this.#engineChanged()),
      vscode.workspace.onDidChangeTextDocument((event) => this.#edited(event)),
      onSettingsChange(['maskSink'], () => this.#repaint.request()),
    ];
  }

  get on(): boolean {
    return this.#hiddenMarks !== undefined;
  }

  isOn(document: vscode.TextDocument): boolean {
    return this.#painted?.document === document;
  }

  /** What is painted, if anything is. */
  get painted(): PaintedAttention | undefined {
    return this.#painted;
  }

  async show(editor: vscode.TextEditor): Promise<void> {
    refuseEmpty(editor.document);
    this.#hiddenMarks ??= hideMarks();
    try {
      await this.#paint(editor);
    } catch (error) {
      this.#failed(error);
      throw error;
    }
  }

  hide(): void {
    this.#hiddenMarks?.dispose();
    this.#hiddenMarks = undefined;
    this.#request++;
    this.#painted = undefined;
    this.overlay.erase();
    this.#overlays.redraw();
    this.#changed();
  }

  dispose(): void {
    this.hide();
    vscode.Disposable.from(...this.#subscriptions, this.#repaint, this.#didPaint, this.#failureNotice).dispose();
  }

  #edited({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    if (!this.isOn(document) || contentChanges.length === 0) return;
    this.#painted = undefined;
    this.#overlays.redraw(document.uri.toString());
    this.#repaint.request();
  }

  #paintAgain(): void {
    const editor = this.#services.activeText.current;
    if (!editor) return;
    this.#paint(editor).catch((error: unknown) => {
      this.#failed(error);
      return this.#failureNotice.tell(error);
    });
  }

  /** Where the engine has ended, what is painted stays until it is painted anew. */
  #failed(error: unknown): void {
    if (isEngineEnded(error)) this.#interrupted = true;
    else this.hide();
  }

  /** Another engine runs: what the last one could not answer it can. */
  #engineChanged(): void {
    if (!this.#interrupted || this.#services.host.state.kind !== 'ready') return;
    this.#interrupted = false;
    this.#repaint.request();
  }

  async #paint(editor: vscode.TextEditor): Promise<void> {
    if (!this.on) return;
    const request = ++this.#request;
    try {
      await this.#answer(request, editor);
    } catch (error) {
      // After a later request its own answer tells how it went.
      if (request === this.#request) throw error;
    }
  }

  async #answer(request: number, editor: vscode.TextEditor): Promise<void> {
    const { document } = editor;
    const reading = await this.#readingOf(editor);
    const token = reading && tokenAtCursor(editor, reading);
    if (!token || request !== this.#request) return;
    const head = chosenHead(this.#services.selection, reading.model);
    const attention = await this.#attentionOf(token, head);
    if (request !== this.#request || document.version !== reading.version) return;
    const elsewhere = !this.isOn(document);
    this.#painted = { document, part: token.part, query: token.index, head, attention };
    this.#overlays.redraw();
    this.#didPaint.fire();
    if (elsewhere) this.#changed();
  }

  /** What is known already where it holds the cursor's token, or a new reading of what is seen of the text. */
  async #readingOf(editor: vscode.TextEditor): Promise<Reading | undefined> {
    const { readings } = this.#services;
    const { document, selection } = editor;
    const known = readings.get(document);
    if (known && !known.stale && tokenAtCursor(editor, known.reading)) return known.reading;
    const { start, end } = visiblePart(document);
    const cursor = document.offsetAt(selection.active);
    const seen = { start: Math.min(start, cursor), end: Math.max(end, cursor) };
    const reading = await withLateProgress(
      this.#services,
      document,
      () => this.#read(document, seen),
      () => this.#cancel(document),
    );
    if (reading) this.#cutNotice.tell(document, reading);
    return reading;
  }

  async #read(document: vscode.TextDocument, seen: Span): Promise<Reading | undefined> {
    const { readings } = this.#services;
    const before = settings.contextBefore() ?? Number.POSITIVE_INFINITY;
    const part = await partOfDocument(this.#services, document, seen, before);
    // Meanwhile it may have been switched off.
    return this.on ? readings.read(document, { shown: [part.shown], seen: seen.end, from: part.start }) : undefined;
  }

  /** What is painted stays so; where nothing is, attention is off. */
  #cancel(document: vscode.TextDocument): void {
    this.#services.readings.cancel(document);
    if (!this.#painted) this.hide();
  }

  async #attentionOf({ part, index }: TokenAt, head: HeadAddress | undefined) {
    const { engine } = this.#services.readings;
    const heads = head ?? { mean: true };
    const weights = await engine.attentionOfQuery({ trace: part.trace, query: index, ...heads });
    return queryAttention(weights, settings.maskSink());
  }
}

/** The head that was chosen, if this model has it: it may have been chosen in another one. */
function chosenHead(
  { head }: SelectedHead,
  { numHiddenLayers, numAttentionHeads }: ModelInfo,
): HeadAddress | undefined {
  return head && head.layer < numHiddenLayers && head.head < numAttentionHeads ? head : undefined;
}

/** At the end of the text the cursor is on its last token. */
function tokenAtCursor({ document, selection }: vscode.TextEditor, reading: Reading): TokenAt | undefined {
  const offset = document.offsetAt(selection.active);
  return tokenAt(reading, offset) ?? tokenAt(reading, offset - 1);
}

/**
 * Hides the marks that the editor puts on a word wherever it occurs, and on what is the same as the selection: they look like
 * attention. No setting is changed: whatever ends Vitrine, the marks are back.
 *
 * The editor asks the providers of the marks in one text in turn, the one that was registered last first, and stops at an
 * answer, also an empty one. Those across several texts (`editor.occurrencesHighlight`: `multiFile`) and of the selection ask
 * nobody that an extension could be: a style hides them, which goes with its decoration type.
 */
function hideMarks(): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.languages.registerDocumentHighlightProvider({ pattern: '**' }, { provideDocumentHighlights: () => [] }),
    vscode.window.createTextEditorDecorationType({ cursor: `auto; ${HIDING_RULE}` }),
  );
}
