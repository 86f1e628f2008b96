import * as vscode from 'vscode';
import type { Quantity } from '../../display/quantities';
import { ChatMarks } from '../chat/chat-marks';
import type { RenderedDocuments } from '../chat/rendered-documents';
import type { DocumentReading } from '../readings/document-readings';
import type { ReadingPart } from '../readings/reading';
import type { Readings } from '../readings/readings';
import type { Services } from '../services';
import { onSettingsChange, settings } from '../settings';
import { Attention } from './attention';
import { Bands } from './bands';
import type { ColouredBy } from './coloured-by';
import type { ColouredDocument } from './coloured-document';
import { CutNotice } from './cut-notice';
import { DifferenceOverlay } from './difference-overlay';
import { DocumentDifferences } from './document-differences';
import { type Direction, goToSurprise } from './go-to-surprise';
import { Heat } from './heat';
import { Overlays } from './overlays';
import { type AttentionOn, attentionOn, type PaintedAttention } from './painted-attention';
import { type Contribution, contributionOf, type PaintedWhy } from './painted-why';
import { type ShownDifference, shownDifference } from './shown-difference';
import { type MarkedToken, UndertrainedMarks } from './undertrained-marks';
import { type ChosenTokens, Why } from './why';

/** Attention, or why a token, in the document where a person asked for it. */
export interface PaintedFromCursor {
  document: vscode.TextDocument;
  /** Paints it again, where the cursor then is. */
  paint(editor: vscode.TextEditor): Promise<void>;
}

/** Everything that is drawn over the text: bands, and on or without them heat, attention, or why a token. */
export class Decorations implements vscode.Disposable {
  readonly #overlays = new Overlays();
  readonly #bands: Bands;
  readonly #undertrained: UndertrainedMarks;
  readonly #heat: Heat;
  readonly #attention: Attention;
  readonly #why: Why;
  readonly #differences: DocumentDifferences;
  readonly #readings: Readings;
  readonly #comparison: Services['comparison'];
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #cleared = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable[];

  /** Fires when the attention of a token is painted. */
  readonly onDidPaintAttention: vscode.Event<void>;

  /** Fires when it is painted why a token. */
  readonly onDidPaintWhy: vscode.Event<void>;

  /** Fires when something is put over the text, or taken away. */
  readonly onDidChange = this.#changed.event;

  /** Fires when a person has everything taken away that Vitrine puts over texts. */
  readonly onDidClear = this.#cleared.event;

  constructor(services: Services, rendered: RenderedDocuments) {
    const { documents, tokens, readings, chats, chatTokens, comparison } = services;
    this.#readings = readings;
    this.#comparison = comparison;
    const cutNotice = new CutNotice();
    const changed = () => this.#changed.fire();
    this.#heat = new Heat(services, this.#overlays, cutNotice, changed);
    this.#attention = new Attention(services, this.#overlays, cutNotice, changed);
    this.onDidPaintAttention = this.#attention.onDidPaint;
    this.#why = new Why(services, this.#overlays, cutNotice, changed);
    this.onDidPaintWhy = this.#why.onDidPaint;
    const redraw = (uri: string) => {
      this.#overlays.redraw(uri);
      changed();
    };
    this.#differences = new DocumentDifferences(services, (document) => this.isOfDifference(document), redraw);
    const difference = new DifferenceOverlay((document) => this.#differences.get(document));
    this.#bands = new Bands(documents, chatTokens, (document) => this.readingOf(document));
    const chatMarks = new ChatMarks(chats, rendered, tokens, chatTokens);
    this.#undertrained = new UndertrainedMarks(services);
    const painted = [this.#heat.overlay, difference, this.#attention.overlay, this.#why.overlay];
    for (const layer of [chatMarks, this.#bands, ...painted, this.#undertrained]) this.#overlays.add(layer);
    this.#subscriptions = [
      documents.onDidSettle((document) => this.#overlays.redraw(document.uri.toString())),
      tokens.onDidChange(() => {
        // They were those of another model.
        this.#undertrained.hide();
        this.#overlays.redraw();
      }),
      chats.onDidRender(() => this.#overlays.redraw()),
      chats.onDidChange((document) => this.#readInAnotherWay(document)),
      comparison.onDidChange(() => comparison.b || this.#heat.clearDifference()),
      onSettingsChange(['showWhitespace'], () => this.#overlays.redraw()),
      onSettingsChange(['bands'], () => this.#followBandsSetting()),
    ];
    if (settings.bands()) this.#followBandsSetting();
  }

  get areBandsOn(): boolean {
    return this.#bands.on;
  }

  get isAttentionOn(): boolean {
    return this.#attention.on;
  }

  /** What the model thinks of a document, where that is what is shown of it. */
  readingOf(document: vscode.TextDocument): DocumentReading | undefined {
    return this.isColoured(document) ? this.#readings.get(document) : undefined;
  }

  /** What a document is coloured by, if it is. */
  quantityOf(document: vscode.TextDocument): Quantity | undefined {
    return this.#heat.heatOf(document)?.quantity;
  }

  /** The same, also where that is what differs between two models. */
  coloursOf(document: vscode.TextDocument): ColouredBy | undefined {
    return this.isOfDifference(document) ? 'difference' : this.quantityOf(document);
  }

  isOfDifference(document: vscode.TextDocument): boolean {
    return this.#heat.isOfDifference(document);
  }

  /** What two models say of the token at an offset, where the document is coloured by that. */
  differenceAt(document: vscode.TextDocument, offset: number): ReturnType<DocumentDifferences['at']> {
    return this.#differences.at(document, offset);
  }

  /** What two models say otherwise of a document that is coloured by that, all in all, where that is known of its present text. */
  shownDifference(document: vscode.TextDocument): ShownDifference | undefined {
    const known = this.#differences.get(document);
    return known && shownDifference(known);
  }

  /** Whether a selection of a document is coloured, and not all of it that is seen. */
  isSelectionColoured(document: vscode.TextDocument): boolean {
    return this.#heat.heatOf(document)?.ofSelection ?? false;
  }

  /** Whether heat, attention, or why a token is on a document. */
  isColoured(document: vscode.TextDocument): boolean {
    return this.#heat.isOn(document) || this.#attention.isOn(document) || this.#why.isOn(document);
  }

  /** The attention that is painted in a document, if it is there. */
  attentionIn(document: vscode.TextDocument): PaintedAttention | undefined {
    return this.#attention.isOn(document) ? this.#attention.painted : undefined;
  }

  /** What painted attention says of a token, if it is on that text. */
  attentionOn(part: ReadingPart, index: number): AttentionOn | undefined {
    return attentionOn(this.#attention.painted, part, index);
  }

  isWhyOn(document: vscode.TextDocument): boolean {
    return this.#why.isOn(document);
  }

  /** Why a token, if that is painted in a document. */
  whyIn(document: vscode.TextDocument): PaintedWhy | undefined {
    return this.#why.isOn(document) ? this.#why.painted : undefined;
  }

  /** What a token brings for the one that is asked about, if that is painted on its text. */
  contributionOf(part: ReadingPart, index: number): Contribution | undefined {
    return contributionOf(this.#why.painted, part, index);
  }

  /** What is coloured, as it can be coloured again. */
  colouredDocuments(): ColouredDocument[] {
    return this.#heat.documents;
  }

  async restoreHeat(document: vscode.TextDocument, coloured: ColouredDocument): Promise<void> {
    // In another way the model does not read in a window that is loaded again, so that there is nothing to compare.
    if (coloured.quantity === 'difference' && !this.#comparison.b) return;
    await this.#heat.restore(document, coloured);
  }

  showBands(): void {
    this.#bands.on = true;
    this.#overlays.redraw();
    this.#changed.fire();
  }

  async goToSurprise(editor: vscode.TextEditor, direction: Direction): Promise<void> {
    await goToSurprise(editor, this.#heat.heatOf(editor.document), direction);
  }

  async toggleBands(editor: vscode.TextEditor): Promise<void> {
    if (this.#bands.on) this.#bands.on = false;
    else await this.#bands.show(editor.document);
    this.#overlays.redraw();
    this.#changed.fire();
  }

  /** @returns how many tokens of the document are underlined; undefined where they no longer are */
  async toggleUndertrained({ document }: vscode.TextEditor): Promise<number | undefined> {
    const count = this.#undertrained.on ? this.#undertrained.hide() : await this.#undertrained.show(document);
    this.#overlays.redraw();
    this.#changed.fire();
    return count;
  }

  /** The undertrained token at an offset, where they are underlined. */
  undertrainedAt(document: vscode.TextDocument, offset: number): MarkedToken | undefined {
    return this.#undertrained.at(document, offset);
  }

  /** Has the model repeat an undertrained token. */
  verifyUndertrained(id: number): ReturnType<UndertrainedMarks['verify']> {
    return this.#undertrained.verify(id);
  }

  /** What is there stays where the model in use cannot give what is asked for; so it does for attention, and for why. */
  async toggleHeat(editor: vscode.TextEditor, quantity: ColouredBy): Promise<void> {
    this.#heat.checkModel(quantity);
    this.#attention.hide();
    this.#why.hide();
    await this.#heat.toggle(editor, quantity);
  }

  async toggleAttention(editor: vscode.TextEditor): Promise<void> {
    this.#attention.checkModel();
    this.#heat.clear();
    this.#why.hide();
    await this.#attention.toggle(editor);
  }

  async toggleWhy(editor: vscode.TextEditor): Promise<void> {
    this.#why.checkModel();
    this.#heat.clear();
    this.#attention.hide();
    await this.#why.toggle(editor);
  }

  /** @param tokens to ask about in place of what the cursor's place has */
  async showWhy(editor: vscode.TextEditor, tokens?: ChosenTokens): Promise<void> {
    this.#why.checkModel();
    this.#heat.clear();
    this.#attention.hide();
    if (tokens) this.#why.choose(tokens);
    await this.#why.show(editor);
  }

  /** What is painted from the cursor, as it can be painted again: by a person's wish in a document. */
  get fromCursor(): PaintedFromCursor | undefined {
    const { askedIn } = this.#attention;
    if (askedIn) return { document: askedIn, paint: (editor) => this.toggleAttention(editor) };
    const ofWhy = this.#why.askedIn;
    return ofWhy && { document: ofWhy, paint: (editor) => this.showWhy(editor) };
  }

  hideWhy(): void {
    this.#why.hide();
  }

  clear(): void {
    this.#undertrained.hide();
    this.clearAllButMarks();
    this.#cleared.fire();
  }

  /** All but undertrained tokens, which stay underlined in whatever text is opened. */
  clearAllButMarks(): void {
    this.#bands.on = false;
    this.#heat.clear();
    this.#attention.hide();
    this.#why.hide();
    this.#changed.fire();
  }

  dispose(): void {
    vscode.Disposable.from(
      ...this.#subscriptions,
      this.#heat,
      this.#attention,
      this.#why,
      this.#differences,
      this.#overlays,
      this.#changed,
      this.#cleared,
    ).dispose();
  }

  /** What is on the document is of a text that it no longer is to the model. */
  #readInAnotherWay(document: vscode.TextDocument): void {
    this.#readings.forget(document);
    this.#attention.hide();
    this.#why.hide();
    this.#heat.readAgain(document);
    this.#overlays.redraw(document.uri.toString());
    this.#changed.fire();
  }

  #followBandsSetting(): void {
    this.#bands.on = settings.bands();
    this.#overlays.redraw();
    this.#changed.fire();
  }
}
