import * as vscode from 'vscode';
import { formatCount } from '../../shared/numbers';
import type { Span } from '../../shared/tokens';
import type { Analyses } from '../analysis/analyses';
import type { Analysis } from '../analysis/analysis';
import { Debounced } from '../debounced';
import type { EngineHost } from '../engine/engine-host';
import type { Services } from '../extension';
import { showError } from '../show-error';
import type { Canvas } from './canvas';
import { type Heated, HeatLayer } from './heat-layer';
import { withLateProgress } from './late-progress';
import type { Quantity } from './quantities';
import { rangeOf, spanOf } from './ranges';
import { shiftSpan } from './shift-span';
import { visibleEnd } from './visible';

/** A pause in typing or scrolling after which the text is read again. */
const PAUSE_MS = 150;

/** A document that is coloured. */
interface Target {
  readonly document: vscode.TextDocument;
  /** UTF-16 offsets; undefined: the document, as far as someone sees it. */
  selections: Span[] | undefined;
  readonly readAgain: Debounced;
}

/** Which documents are coloured by what, and when the model has to read them again. */
export class Heat implements vscode.Disposable {
  readonly layer = new HeatLayer((document) => this.#heatOf(document));
  readonly #host: EngineHost;
  readonly #analyses: Analyses;
  readonly #canvas: Canvas;
  readonly #targets = new Map<string, Target>();
  readonly #subscriptions: vscode.Disposable[];
  #quantity: Quantity = 'surprisal';

  constructor({ host, analyses }: Services, canvas: Canvas) {
    this.#host = host;
    this.#analyses = analyses;
    this.#canvas = canvas;
    this.#subscriptions = [
      vscode.workspace.onDidChangeTextDocument((event) => this.#edited(event)),
      vscode.workspace.onDidCloseTextDocument((document) => this.remove(document)),
      vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) =>
        this.#targetOf(textEditor.document)?.readAgain.request(),
      ),
      analyses.onDidChange((uri) => this.#analysisChanged(uri)),
    ];
  }

  isOn(document: vscode.TextDocument): boolean {
    return this.#targetOf(document) !== undefined;
  }

  /** Colours the selections of an editor, or else its document; the same again takes the colours away. */
  async toggle({ document, selections }: vscode.TextEditor, quantity: Quantity): Promise<void> {
    if (this.isOn(document) && this.#quantity === quantity) return this.remove(document);
    this.#quantity = quantity;
    const selected = selections.filter((selection) => !selection.isEmpty).map((range) => spanOf(document, range));
    this.remove(document);
    const target: Target = {
      document,
      selections: selected.length > 0 ? selected : undefined,
      readAgain: new Debounced(() => this.#readAgain(target), PAUSE_MS),
    };
    this.#targets.set(document.uri.toString(), target);
    this.#canvas.redraw();
    const reading = withLateProgress(
      this.#host,
      () => this.#read(target),
      () => this.remove(document),
    );
    const analysis = await reading.catch((error: unknown) => {
      this.#giveUp(target);
      throw error;
    });
    if (analysis && analysis.cut > 0) tellOfCut(document, analysis);
  }

  remove(document: vscode.TextDocument): void {
    const target = this.#targetOf(document);
    if (!target) return;
    target.readAgain.dispose();
    this.#targets.delete(document.uri.toString());
    this.#analyses.cancel(document);
    this.#canvas.redraw(document.uri.toString());
  }

  clear(): void {
    for (const { document } of [...this.#targets.values()]) this.remove(document);
    this.layer.erase();
  }

  dispose(): void {
    this.clear();
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }

  #heatOf(document: vscode.TextDocument): Heated | undefined {
    const known = this.isOn(document) ? this.#analyses.get(document) : undefined;
    return known && { quantity: this.#quantity, known };
  }

  #targetOf(document: vscode.TextDocument): Target | undefined {
    return this.#targets.get(document.uri.toString());
  }

  #edited({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const target = this.#targetOf(document);
    if (!target || contentChanges.length === 0) return;
    for (const change of contentChanges) {
      target.selections = target.selections?.map((span) => shiftSpan(span, change));
    }
    target.readAgain.request();
  }

  /** What another reading mode or model makes invalid is read again. */
  #analysisChanged(uri: string): void {
    this.#canvas.redraw(uri);
    const target = this.#targets.get(uri);
    if (target && !this.#analyses.get(target.document)) target.readAgain.request();
  }

  #readAgain(target: Target): void {
    if (this.#isRead(target)) return;
    this.#read(target).catch((error: unknown) => {
      this.#giveUp(target);
      return showError(error);
    });
  }

  /** Another command may have coloured the document anew since. */
  #giveUp(target: Target): void {
    if (this.#targetOf(target.document) === target) this.remove(target.document);
  }

  /** Whether what is seen has been read already. */
  #isRead({ document, selections }: Target): boolean {
    const known = this.#analyses.get(document);
    if (!known || known.stale) return false;
    const end = known.analysis.shown.at(-1)?.end ?? new vscode.Position(0, 0);
    return selections !== undefined || document.offsetAt(end) >= visibleEnd(document);
  }

  /** @returns undefined also where the colours have been taken away meanwhile. */
  async #read(target: Target): Promise<Analysis | undefined> {
    const { document, selections } = target;
    if (this.#targetOf(document) !== target) return undefined;
    const spans = selections ?? [{ start: 0, end: visibleEnd(document) }];
    return this.#analyses.analyse(
      document,
      spans.map((span) => rangeOf(document, span)),
    );
  }
}

/** Says once what the model could not read. */
function tellOfCut(document: vscode.TextDocument, { model, parts }: Analysis): void {
  const first = document.positionAt(parts[0]?.starts[0] ?? 0);
  void vscode.window.showInformationMessage(
    vscode.l10n.t(
      '{0} reads {1} tokens at most: colours begin in line {2}. Select a part of the text to read that.',
      model.name,
      formatCount(model.context),
      first.line + 1,
    ),
  );
}
