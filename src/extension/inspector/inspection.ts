import * as vscode from 'vscode';
import type { ModelInfo } from '../../shared/engine-api';
import { errorText } from '../error-text';
import type { Services } from '../extension';
import { isCancellation } from '../show-error';
import type { InspectorStore } from './inspector-store';
import { readText } from './read-text';
import { type Excerpt, skippedBefore, subjectOf, tokenAt } from './subject';
import type { Target } from './target';
import { ViewsEngine } from './views-engine';

/** Context of a model that is not loaded yet, as far as the first look at the text needs to know. */
const USUAL_CONTEXT = 8192;

/** The text that is inspected: read when somebody asks for it, and again where the engine, or the way of reading, is another. */
export class Inspection implements vscode.Disposable {
  /** The engine for the views: it reads the text again where its trace is gone. */
  readonly engine: ViewsEngine;
  readonly #services: Services;
  readonly #store: InspectorStore;
  readonly #subscriptions: vscode.Disposable[];
  #target: Target | undefined;
  /** UTF-16 units of the document before the text. */
  #start = 0;
  #revision = 0;
  /** The reading at work. */
  #reading: vscode.CancellationTokenSource | undefined;
  #readingAgain: Promise<number | undefined> | undefined;
  /** The model that read the text: another object for every engine. */
  #model: ModelInfo | undefined;

  constructor(services: Services, store: InspectorStore) {
    this.#services = services;
    this.#store = store;
    this.engine = new ViewsEngine(services.host, (trace) => this.#readTraceAgain(trace));
    this.#subscriptions = [
      services.host.onDidChange(() => this.#engineChanged()),
      vscode.workspace.onDidChangeTextDocument((event) => this.#edited(event)),
      vscode.workspace.onDidCloseTextDocument((document) => {
        if (document === this.#target?.document) this.#setStale(true);
      }),
    ];
  }

  get target(): Target | undefined {
    return this.#target;
  }

  /** UTF-16 units of the document before the text that is inspected. */
  get start(): number {
    return this.#start;
  }

  /** Inspects another text. @param select an offset of the document whose token is to be selected */
  async inspect(target: Target, select: number | undefined): Promise<void> {
    this.#target = target;
    await this.#read(select);
  }

  /** Reads the text again as it now is. */
  async renew(): Promise<void> {
    if (!this.#target) return;
    try {
      if (this.#target.document.isClosed) this.#target = await this.#target.reopened();
    } catch (error) {
      this.#fail(error);
      return;
    }
    await this.#read(this.#selectedOffset());
  }

  cancel(): void {
    if (!this.#reading) return;
    this.#stopReading();
    this.#fail(new vscode.CancellationError());
  }

  dispose(): void {
    this.#stopReading();
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }

  async #read(select: number | undefined): Promise<void> {
    this.#stopReading();
    const { host, analyses } = this.#services;
    const excerpt = this.#target?.excerpt(analyses.mode, host.model?.context ?? USUAL_CONTEXT);
    if (!excerpt) {
      this.#target = undefined;
      this.#store.change({ subject: undefined, reading: { kind: 'empty' } });
      return;
    }
    const reading = new vscode.CancellationTokenSource();
    this.#reading = reading;
    this.#model = undefined;
    this.#start = excerpt.start;
    this.#store.change({
      subject: subjectOf(excerpt, undefined, ++this.#revision),
      selected: { ...this.#store.state.selected, token: undefined },
    });
    this.#showProgress();
    try {
      const result = await readText(host, excerpt.text, this.#gains, reading.token);
      if (this.#reading === reading) this.#show(excerpt, result, select);
    } catch (error) {
      if (this.#reading === reading) this.#fail(error);
    } finally {
      if (this.#reading === reading) this.#reading = undefined;
      reading.dispose();
    }
  }

  #show(excerpt: Excerpt, { model, tokens }: Awaited<ReturnType<typeof readText>>, select: number | undefined): void {
    const { subject, selected } = this.#store.state;
    const skipped = skippedBefore(tokens);
    if (skipped > 0) this.#revision++;
    const shown = subjectOf(excerpt, tokens, this.#revision);
    this.#model = model;
    this.#start = excerpt.start + skipped;
    this.engine.note(model, tokens.trace);
    this.#store.change({
      model,
      subject: { ...shown, stale: subject?.stale ?? false },
      selected: {
        ...selected,
        token: select === undefined || !shown.read ? undefined : tokenAt(shown.read, select - this.#start),
      },
      reading: { kind: 'ready' },
    });
  }

  #stopReading(): void {
    this.#reading?.cancel();
    this.#reading = undefined;
  }

  get #gains() {
    return this.#store.state.ablated.map((head) => ({ ...head, gain: 0 }));
  }

  #fail(error: unknown): void {
    const message = isCancellation(error)
      ? vscode.l10n.t('Reading was cancelled. Read the text again to see what the model makes of it.')
      : errorText(error);
    this.#store.change({ reading: { kind: 'failed', message } });
  }

  #showProgress(): void {
    const { state } = this.#services.host;
    const { stage, done, total } = state.kind === 'working' ? state : { stage: 'forward' as const, done: 0, total: 0 };
    this.#store.change({ reading: { kind: 'working', stage, done, total } });
  }

  #engineChanged(): void {
    const { state, model } = this.#services.host;
    const { subject, reading } = this.#store.state;
    if (model && model !== this.#store.state.model) this.#store.change({ model });
    if (this.#reading) {
      if (state.kind === 'working') this.#showProgress();
    } else if (state.kind === 'failed' && subject && reading.kind === 'ready') {
      this.#store.change({ reading: { kind: 'failed', message: state.message } });
    } else if (model && this.#model && model !== this.#model) {
      // An engine of the same model reads the tokens again when a view asks, unless the last one failed.
      if (reading.kind === 'failed' || model.name !== this.#model.name) void this.renew();
    }
  }

  #edited({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    if (document !== this.#target?.document || contentChanges.length === 0) return;
    this.#target.edited(contentChanges);
    this.#setStale(true);
  }

  #setStale(stale: boolean): void {
    const { subject } = this.#store.state;
    if (subject && subject.stale !== stale) this.#store.change({ subject: { ...subject, stale } });
  }

  /** Where in the document the selected token begins. */
  #selectedOffset(): number | undefined {
    const { subject, selected } = this.#store.state;
    const start = selected.token === undefined ? undefined : subject?.read?.starts[selected.token];
    return start === undefined ? undefined : this.#start + start;
  }

  /** The engine keeps the latest traces only, and lets go of all when it is unloaded: the same tokens give the same again. */
  async #readTraceAgain(trace: number): Promise<number | undefined> {
    const { subject, reading } = this.#store.state;
    if (subject?.read?.trace !== trace || reading.kind !== 'ready') return undefined;
    this.#readingAgain ??= this.#readTokensAgain(subject.read.ids).finally(() => {
      this.#readingAgain = undefined;
    });
    return this.#readingAgain;
  }

  async #readTokensAgain(ids: Uint32Array): Promise<number | undefined> {
    const { host } = this.#services;
    const before = this.#model;
    const never = new vscode.CancellationTokenSource().token;
    const { trace, model } = await host.runTask(never, async ({ engine, model }, task) => {
      const { trace } = await engine.forwardTokens({ task, ids: [...ids], gains: this.#gains });
      return { trace, model };
    });
    const { subject } = this.#store.state;
    if (model.name !== before?.name || subject?.read?.ids !== ids) return undefined;
    this.#model = model;
    this.engine.note(model, trace);
    this.#store.change({ subject: { ...subject, read: { ...subject.read, trace } } });
    return trace;
  }
}
