import * as vscode from 'vscode';
import { type Capability, checkCapability } from '../../shared/capabilities';
import { Debounced } from '../debounced';
import { refuseEmpty } from '../documents/document-text';
import { isEngineEnded } from '../engine/engine-ended';
import type { Reading, TokenAt } from '../readings/reading';
import type { Services } from '../services';
import { readingAtCursor } from './cursor-reading';
import type { CutNotice } from './cut-notice';
import { FailureNotice } from './failure-notice';
import { hideMarks } from './hidden-marks';
import type { Overlay, Overlays } from './overlays';

/** A pause of the cursor after which the token there is asked about. */
const PAUSE_MS = 80;

/** A question about the token at the cursor, whose answer is painted. */
export interface CursorQuestion<Painted> {
  /** What the cursor is at; undefined where a reading does not have it. An index past the last token stands for what comes next. */
  tokenAt(editor: vscode.TextEditor, reading: Reading): TokenAt | undefined;
  ask(editor: vscode.TextEditor, reading: Reading, token: TokenAt): Promise<Painted>;
  /** What a model has to give for an answer. */
  needs: Capability;
  /** What changes the answer, beside the cursor, the text and how it is read. */
  changes: readonly vscode.Event<unknown>[];
  /** Draws the answer. */
  overlay(painted: () => Painted | undefined): Overlay;
}

/** Paints the answer to a question about the token at the cursor, and follows the cursor. */
export class FromCursor<Painted extends { readonly document: vscode.TextDocument }> implements vscode.Disposable {
  readonly overlay: Overlay;
  readonly #services: Services;
  readonly #overlays: Overlays;
  readonly #cutNotice: CutNotice;
  readonly #question: CursorQuestion<Painted>;
  readonly #changed: () => void;
  readonly #failureNotice: FailureNotice;
  readonly #repaint = new Debounced(() => this.#paintAgain(), PAUSE_MS);
  readonly #didPaint = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable[];
  /** While it is on. */
  #hiddenMarks: vscode.Disposable | undefined;
  #painted: Painted | undefined;
  /** Where a person has asked for it: it is seen in other documents too, since it follows the cursor. */
  #askedIn: vscode.TextDocument | undefined;
  /** Whether the engine ended before it could be painted. */
  #interrupted = false;
  /** The latest request; the answers to others come too late. */
  #request = 0;
  #latest: Promise<void> = Promise.resolve();

  /** Fires when an answer is painted, also about another token than before in the same text. */
  readonly onDidPaint = this.#didPaint.event;

  /** @param changed called when something is painted in another document, or nowhere. */
  constructor(
    services: Services,
    overlays: Overlays,
    cutNotice: CutNotice,
    question: CursorQuestion<Painted>,
    changed: () => void,
  ) {
    this.#services = services;
    this.#overlays = overlays;
    this.#cutNotice = cutNotice;
    this.#question = question;
    this.#changed = changed;
    this.overlay = question.overlay(() => this.#painted);
    this.#failureNotice = new FailureNotice(services.host);
    this.#subscriptions = [
      this.#repaint.requestOn(
        vscode.window.onDidChangeTextEditorSelection,
        vscode.window.onDidChangeActiveTextEditor,
        services.readings.onDidChange,
        services.readings.onDidChangeReading,
        ...question.changes,
      ),
      services.host.onDidChange(() => this.#engineChanged()),
      vscode.workspace.onDidChangeTextDocument((event) => this.#edited(event)),
    ];
  }

  get on(): boolean {
    return this.#hiddenMarks !== undefined;
  }

  /** Where a person has asked for it, while it is on. */
  get askedIn(): vscode.TextDocument | undefined {
    return this.#askedIn;
  }

  isOn(document: vscode.TextDocument): boolean {
    return this.#painted?.document === document;
  }

  /** What is painted, if anything is. */
  get painted(): Painted | undefined {
    return this.#painted;
  }

  /** @throws VitrineError where the model in use cannot answer; one that is still to be loaded is asked then */
  checkModel(): void {
    const { model } = this.#services.host;
    if (model) checkCapability(model, this.#question.needs);
  }

  /** Takes it away where a person has asked for it in the same document, and shows it otherwise. */
  async toggle(editor: vscode.TextEditor): Promise<void> {
    if (this.on && this.#askedIn === editor.document) this.hide();
    else await this.show(editor);
  }

  async show(editor: vscode.TextEditor): Promise<void> {
    refuseEmpty(editor.document);
    this.#askedIn = editor.document;
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
    this.#askedIn = undefined;
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

  #paint(editor: vscode.TextEditor): Promise<void> {
    if (!this.on) return Promise.resolve();
    this.#latest = this.#answerLatest(++this.#request, editor);
    return this.#latest;
  }

  /** Ends once the latest request is answered: a cursor that moves while a command asks has asked anew. */
  async #answerLatest(request: number, editor: vscode.TextEditor): Promise<void> {
    try {
      await this.#answer(request, editor);
    } catch (error) {
      if (request === this.#request) throw error;
    }
    // How the later one went is told by whoever asked it.
    if (request !== this.#request && this.on) await this.#latest.catch(() => {});
  }

  async #answer(request: number, editor: vscode.TextEditor): Promise<void> {
    const { document } = editor;
    const { model } = await this.#services.host.use();
    checkCapability(model, this.#question.needs);
    const reading = await this.#readingOf(editor);
    const token = reading && this.#question.tokenAt(editor, reading);
    if (!token || request !== this.#request) return;
    const painted = await this.#question.ask(editor, reading, token);
    if (request !== this.#request || document.version !== reading.version) return;
    const elsewhere = !this.isOn(document);
    this.#painted = painted;
    this.#overlays.redraw();
    this.#didPaint.fire();
    if (elsewhere) this.#changed();
  }

  #readingOf(editor: vscode.TextEditor): Promise<Reading | undefined> {
    return readingAtCursor(this.#services, editor, this.#cutNotice, {
      covers: (shown, reading) => this.#question.tokenAt(shown, reading) !== undefined,
      isOn: () => this.on,
      // What is painted stays so; where nothing is, it is off.
      cancelled: () => {
        if (!this.#painted) this.hide();
      },
    });
  }
}
