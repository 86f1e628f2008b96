import * as vscode from 'vscode';
import { type SubjectChat, type TraceTokens, UNREAD, type ViewName } from '../../shared/inspector-api';
import { VIEW_NEEDS } from '../../shared/needed-capabilities';
import type { EngineApi } from '../../shared/requests';
import type { RenderedDocuments } from '../chat/rendered-documents';
import { traceGone } from '../readings/traces';
import type { Services } from '../services';
import type { InspectorStateStore } from './inspector-state-store';
import type { Excerpt } from './subject';
import { SubjectReader } from './subject-reader';
import type { Target } from './target';
import { TrackedTarget } from './tracked-target';

/** Context of a model that is not loaded yet, as far as the first look at the text needs to know. */
const USUAL_CONTEXT = 8192;

/** Views that show a text without what the model makes of it. */
const WITHOUT_MODEL: readonly ViewName[] = ['tokens', 'numbers'];

/** The text that is inspected: read when somebody asks for it, and again where the engine, or the way of reading, is another. */
export class Inspection implements vscode.Disposable {
  /** The engine for the views: the model reads the text when one asks about it. */
  readonly engine: EngineApi;
  readonly #services: Services;
  readonly #rendered: RenderedDocuments;
  readonly #store: InspectorStateStore;
  readonly #reader: SubjectReader;
  readonly #isVisible: () => boolean;
  readonly #subscriptions: vscode.Disposable[];
  readonly #tracked: TrackedTarget;
  /** A text that waits to be read, and the offset of its document whose token is to be selected then. */
  #postponed: { target: Target; select: number | undefined } | undefined;
  /** Whether the text has to be read again when somebody looks. */
  #isOutdated = false;
  #readingUnread: Promise<void> | undefined;

  /** @param isVisible whether anybody sees the inspector: else nothing is read that nobody asks for */
  constructor(services: Services, rendered: RenderedDocuments, store: InspectorStateStore, isVisible: () => boolean) {
    this.#services = services;
    this.#rendered = rendered;
    this.#store = store;
    this.#isVisible = isVisible;
    this.engine = services.readings.engineFor((trace) => this.#traceOf(trace));
    this.#reader = new SubjectReader(services, store);
    this.#tracked = new TrackedTarget(store, this.#reader);
    this.#subscriptions = [
      this.#reader,
      this.#tracked,
      store.onDidChange(({ view }) => view !== undefined && this.#viewChanged()),
      services.host.onDidChange(() => this.#engineChanged()),
      services.readings.onDidChangeReading(() => this.#readingChanged()),
    ];
  }

  get target(): Target | undefined {
    return this.#tracked.current;
  }

  /** Whether a text is being read, and what is shown may be another. */
  get isAtWork(): boolean {
    return this.#reader.isAtWork;
  }

  /** What was read of a document, where that is the one that is inspected. */
  readOf(document: vscode.TextDocument): TraceTokens | undefined {
    return document === this.target?.document ? this.#store.state.subject?.read : undefined;
  }

  /** UTF-16 units of the document before the text that is inspected. */
  get start(): number {
    return this.#reader.start;
  }

  /** Where in the document the selected token begins. */
  get selectedOffset(): number | undefined {
    return this.#reader.selectedOffset;
  }

  /** Inspects another text. @param select an offset of the document whose token is to be selected */
  async inspect(target: Target, select: number | undefined): Promise<void> {
    this.#tracked.current = target;
    await this.#read(select);
  }

  /** Reads another text, or the same as it now is; what is shown stays until that is read. */
  async readOn(target: Target, select: number | undefined): Promise<void> {
    this.#tracked.current = target;
    await this.#read(select, { needsModel: this.#viewNeedsModel, keepsShown: true });
  }

  /** Shows a text that lies within the one that was read. @returns whether it does */
  showWithin(target: Target, select: number | undefined): boolean {
    if (!this.target || !this.#isEnoughFor(target) || !target.takeOver(this.target, this.start)) return false;
    this.#tracked.current = target;
    this.#reader.show(target, select);
    return true;
  }

  /** Leaves a text that is long to read until somebody asks for it. @param select as for `inspect` */
  postpone(target: Target, select: number | undefined): void {
    this.#postponed = { target, select };
    this.#reader.stop();
    this.#tracked.setStale(true);
    this.#store.change({ reading: { kind: 'waiting' } });
  }

  /** UTF-16 units of a text that the model has not read, up to its end; 0 where it need not. */
  unreadIn(target: Target): number {
    const excerpt = this.#viewNeedsModel ? this.#excerptOf(target) : undefined;
    return excerpt ? this.#reader.unreadIn(excerpt) : 0;
  }

  /** Reads the text again as it now is. */
  async renew(): Promise<void> {
    if (!this.target) return;
    const { target, select } = this.#postponed ?? { target: this.target, select: this.#reader.selectedOffset };
    this.#tracked.current = target;
    try {
      const { document } = target;
      if (document.isClosed) this.#tracked.opened(await vscode.workspace.openTextDocument(document.uri));
    } catch (error) {
      this.#reader.fail(error);
      return;
    }
    await this.#read(select);
  }

  /** Takes in the rest of the word in which the text ends. */
  async readToWordEnd(): Promise<void> {
    this.target?.takeRestOfWord();
    await this.renew();
  }

  cancel(): void {
    this.#reader.cancel();
  }

  /** Called when the inspector comes into view: reads what was left unread while it was hidden. */
  renewIfOutdated(): void {
    if (this.#isOutdated) void this.renew();
  }

  dispose(): void {
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }

  /** @param keepsShown whether what is shown stays until the text is read */
  async #read(
    select: number | undefined,
    { needsModel = this.#needsModel, keepsShown = false }: { needsModel?: boolean; keepsShown?: boolean } = {},
  ): Promise<void> {
    this.#isOutdated = false;
    this.#postponed = undefined;
    const excerpt = this.target && this.#excerptOf(this.target);
    if (excerpt) this.target?.remember(excerpt, this.#services.readings.mode);
    if (excerpt && !needsModel) await this.#reader.readWithoutModel(excerpt, select, keepsShown);
    else await this.#reader.read(excerpt, select, keepsShown);
    // It may have been edited meanwhile.
    this.#tracked.check();
  }

  #excerptOf(target: Target): Excerpt | undefined {
    const { host, readings } = this.#services;
    const excerpt = target.excerpt(readings.mode, host.model ?? { contextLength: USUAL_CONTEXT });
    if (!excerpt) return undefined;
    const { document } = target;
    return { ...excerpt, parts: this.#partsOf(document), pair: this.#rendered.pairOf(document) };
  }

  #partsOf(document: vscode.TextDocument): SubjectChat['parts'] | undefined {
    const rendered = this.#rendered.get(document);
    // An editor has one kind of line break in a document: where a prompt has others, its parts stand elsewhere there.
    if (rendered?.text !== document.getText()) return undefined;
    return rendered.parts.map(({ source: _, ...part }) => part);
  }

  /** Whether what was read serves the view in front for a text within it: Continue goes on from where the text ends. */
  #isEnoughFor(target: Target): boolean {
    const { subject, reading, view } = this.#store.state;
    if (!subject?.read || subject.stale || reading.kind !== 'ready') return false;
    if (view === 'continue' && target.spans.at(-1)?.end !== this.start + subject.text.length) return false;
    return subject.read.trace !== UNREAD || !this.#viewNeedsModel;
  }

  /** An engine that runs anyway costs nothing more; a server is sent what a view needs, and nothing else: tokens, where only it can make them. */
  get #needsModel(): boolean {
    const { model } = this.#services.host;
    const isSent = model?.server !== undefined && model.capabilities.hasVocabulary;
    return (model !== undefined && !isSent) || this.#viewNeedsModel;
  }

  /** A view of what the model does not give has no use for a reading. */
  get #viewNeedsModel(): boolean {
    const { view } = this.#store.state;
    const needed = VIEW_NEEDS[view];
    const isAbsent = needed !== undefined && this.#services.host.model?.capabilities[needed] === false;
    return !WITHOUT_MODEL.includes(view) && !isAbsent;
  }

  #viewChanged(): void {
    const { subject, view } = this.#store.state;
    if (this.#postponed) return;
    // It goes on from where the text ends, which has to be where the selection does.
    const isShort = subject?.read && !subject.stale && (subject.shown.at(-1)?.end ?? 0) < subject.text.length;
    if ((this.#reader.isUnread && this.#needsModel) || (view === 'continue' && isShort)) void this.renew();
  }

  /** What waits to be asked for waits on. */
  #renewIfSeen(): void {
    if (this.#postponed) return;
    if (this.#isVisible()) void this.renew();
    else this.#isOutdated = true;
  }

  #engineChanged(): void {
    const { state, model } = this.#services.host;
    const { reading } = this.#store.state;
    const { model: reader } = this.#reader;
    if (model && model !== this.#store.state.model) this.#store.change({ model });
    const isUnresponsive = state.kind === 'unresponsive';
    if (isUnresponsive !== this.#store.state.isUnresponsive) this.#store.change({ isUnresponsive });
    if (this.#reader.isAtWork) {
      if (state.kind === 'working') this.#reader.showProgress();
    } else if (state.kind === 'failed' && reader && reading.kind === 'ready') {
      this.#store.change({ reading: { kind: 'failed', message: state.message } });
    } else if (model && reader && model !== reader) {
      // An engine of the same model reads the tokens again when a view asks, unless the last one failed.
      if (reading.kind === 'failed' || model.sha256 !== reader.sha256) this.#renewIfSeen();
    }
  }

  /** In another mode, or with the model changed otherwise, the same text is another subject. */
  #readingChanged(): void {
    const { ablated, steering } = this.#services.readings;
    this.#store.change({ ablated: [...ablated], steering });
    if (this.target) this.#renewIfSeen();
  }

  /** The trace of a text that only the tokenizer had read until somebody asked about it. */
  async #traceOf(trace: number): Promise<number> {
    if (trace !== UNREAD) return trace;
    if (this.#reader.isUnread) {
      this.#readingUnread ??= this.#read(this.#reader.selectedOffset, { needsModel: true }).finally(() => {
        this.#readingUnread = undefined;
      });
    }
    await this.#readingUnread;
    const { read } = this.#store.state.subject ?? {};
    if (read && read.trace !== UNREAD) return read.trace;
    throw traceGone();
  }
}
