import * as vscode from 'vscode';
import { refuseEmpty } from '../documents/document-text';
import type { Readings } from '../readings/readings';
import type { Services } from '../services';
import { onSettingsChange } from '../settings';
import { showError } from '../show-error';
import { colourChoice } from './colour-choice';
import type { ColouredBy } from './coloured-by';
import type { ColouredDocument } from './coloured-document';
import { Comments } from './comments';
import type { CutNotice } from './cut-notice';
import { DocumentSuccessors } from './document-successors';
import { type DocumentHeat, HeatOverlay } from './heat-overlay';
import { HeatReading } from './heat-reading';
import { HeatTarget } from './heat-target';
import { explainNoColour } from './no-colour-notice';
import type { Overlays } from './overlays';

/** Which documents are coloured by what, and when the model has to read them again. */
export class Heat implements vscode.Disposable {
  readonly overlay: HeatOverlay;
  readonly #comments: Comments;
  readonly #readings: Readings;
  readonly #overlays: Overlays;
  readonly #reading: HeatReading;
  readonly #changed: () => void;
  readonly #targets = new Map<string, HeatTarget>();
  /** Of documents that were closed: their texts may go on in others. */
  readonly #closedTargets = new WeakMap<vscode.TextDocument, HeatTarget>();
  readonly #subscriptions: vscode.Disposable[];

  /** @param changed called when a document is coloured, or no longer is. */
  constructor(services: Services, overlays: Overlays, cutNotice: CutNotice, changed: () => void) {
    const { readings } = services;
    this.#readings = readings;
    this.#overlays = overlays;
    this.#reading = new HeatReading(services, cutNotice, {
      isCurrent: (target) => this.#isCurrent(target),
      remove: (document) => this.remove(document),
      forgetAll: () => this.#forgetAll(),
    });
    this.#changed = changed;
    this.#comments = new Comments(() => overlays.redraw());
    this.overlay = new HeatOverlay((document) => this.heatOf(document));
    this.#subscriptions = [
      this.#reading,
      vscode.workspace.onDidChangeTextDocument((event) => this.#edited(event)),
      vscode.workspace.onDidCloseTextDocument((document) => this.#closed(document)),
      new DocumentSuccessors(
        (document) => this.#closedTargets.has(document),
        (from, to) => this.#followSuccessor(from, to),
      ),
      vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => this.#seen(textEditor)),
      vscode.window.onDidChangeVisibleTextEditors((editors) => {
        for (const editor of editors) this.#seen(editor);
        // The engine reads one text at a time: what nobody sees any longer must not keep others waiting.
        for (const target of this.#targets.values()) if (!target.isVisible) this.#reading.stop(target);
      }),
      readings.onDidChange((uri) => overlays.redraw(uri)),
      readings.onDidChangeReading(() => {
        for (const target of this.#targets.values()) target.resume();
      }),
      onSettingsChange(['colourFrom', 'colourComments'], () => overlays.redraw()),
    ];
  }

  isOn(document: vscode.TextDocument): boolean {
    return this.#targetOf(document) !== undefined;
  }

  /** Whether what two models say otherwise is what a document is coloured by. */
  isOfDifference(document: vscode.TextDocument): boolean {
    return this.#targetOf(document)?.quantity === 'difference';
  }

  /** Takes away the colours of what is compared no longer. */
  clearDifference(): void {
    for (const { document, quantity } of [...this.#targets.values()])
      if (quantity === 'difference') this.remove(document);
  }

  /** By what of one model a document is coloured, and what is known of it. */
  heatOf(document: vscode.TextDocument): DocumentHeat | undefined {
    const target = this.#targetOf(document);
    const quantity = target?.quantity;
    return target && quantity !== undefined && quantity !== 'difference'
      ? {
          quantity,
          ofSelection: target.ofSelection,
          known: this.#readings.get(document),
          isColoured: colourChoice(document, quantity, this.#comments),
        }
      : undefined;
  }

  /** What is coloured, as it can be coloured again. */
  get documents(): ColouredDocument[] {
    return [...this.#targets].map(([uri, { quantity, selections }]) => ({
      uri,
      quantity,
      selections: selections && [...selections],
    }));
  }

  /** Colours a document as it was before; of what was selected, that which it still has. */
  async restore(document: vscode.TextDocument, { quantity, selections }: ColouredDocument): Promise<void> {
    const { end } = document.lineAt(document.lineCount - 1).range;
    const inText = selections?.filter((span) => span.start < span.end && span.end <= document.offsetAt(end));
    if (inText?.length === 0) return;
    await this.#begin(new HeatTarget(document, quantity, inText, this.#reading));
  }

  /** @throws VitrineError where the model in use does not give it; one that is still to be loaded is asked then */
  checkModel(quantity: ColouredBy): void {
    this.#reading.checkModel(quantity);
  }

  /** Colours the selections of an editor, or else its document; the same again, or no selection, takes the colours away. */
  async toggle(editor: vscode.TextEditor, quantity: ColouredBy): Promise<void> {
    const { document } = editor;
    const previous = this.#targetOf(document);
    const isSame = previous?.quantity === quantity && previous.isStillTargetOf(editor);
    this.remove(document);
    if (isSame) return;
    refuseEmpty(document);
    const selections = HeatTarget.selectionsOf(editor);
    await this.#begin(new HeatTarget(document, quantity, selections, this.#reading));
    void explainNoColour(this.heatOf(document), this.#readings);
  }

  /** The document is read in another way, where it is coloured. */
  readAgain(document: vscode.TextDocument): void {
    this.#targetOf(document)?.resume();
  }

  remove(document: vscode.TextDocument): void {
    const target = this.#targetOf(document);
    if (!target) return;
    target.dispose();
    this.#targets.delete(document.uri.toString());
    this.#readings.cancel(document);
    this.#overlays.redraw(document.uri.toString());
    this.#changed();
  }

  clear(): void {
    for (const { document } of [...this.#targets.values()]) this.remove(document);
    this.overlay.erase();
  }

  #forgetAll(): void {
    for (const { document } of this.#targets.values()) this.#readings.forget(document);
    this.clear();
  }

  dispose(): void {
    this.clear();
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }

  #targetOf(document: vscode.TextDocument): HeatTarget | undefined {
    return this.#targets.get(document.uri.toString());
  }

  async #begin(target: HeatTarget): Promise<void> {
    this.#targets.set(target.document.uri.toString(), target);
    this.#overlays.redraw();
    this.#changed();
    await this.#reading.read(target);
  }

  #closed(document: vscode.TextDocument): void {
    const target = this.#targetOf(document);
    if (target) this.#closedTargets.set(document, target);
    // It was closed before, for another language, and is no longer coloured.
    else this.#closedTargets.delete(document);
    this.remove(document);
  }

  /** The colours of a text go where it goes. */
  #followSuccessor(from: vscode.TextDocument, to: vscode.TextDocument): void {
    const target = this.#closedTargets.get(from);
    if (!target || this.isOn(to)) return;
    this.#begin(target.forDocument(to)).catch(showError);
  }

  /** Other lines may be seen than before. */
  #seen({ document }: vscode.TextEditor): void {
    const target = this.#targetOf(document);
    if (!target?.isCancelled) target?.requestReading();
  }

  #edited({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const target = this.#targetOf(document);
    if (!target || contentChanges.length === 0) return;
    target.edited(contentChanges);
    if (target.isGone) this.remove(document);
  }

  /** Another command may have coloured the document anew, or taken the colours away. */
  #isCurrent(target: HeatTarget): boolean {
    return this.#targetOf(target.document) === target;
  }
}
