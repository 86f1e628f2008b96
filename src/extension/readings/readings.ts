import * as vscode from 'vscode';
import type { HeadAddress } from '../../shared/head-address';
import type { EngineApi } from '../../shared/requests';
import type { Steering } from '../../shared/steering';
import type { EngineHost } from '../engine/engine-host';
import type { ModelChoice } from '../engine/model-choice';
import { onSettingsChange } from '../settings';
import { type ApartDocuments, NOTHING_APART } from './apart';
import { type DocumentReading, DocumentReadings } from './document-readings';
import { LatestRequest } from './latest-request';
import type { ForwardPass, ForwardProgress } from './passes';
import { readApart } from './read-apart';
import { type ReadingRequest, readDocument } from './read-document';
import type { Reading, ReadingMode } from './reading';
import { isServerOutage } from './server-outage';
import { TextReadings } from './text-readings';
import { createTracedEngine } from './traced-engine';
import type { Traces } from './traces';

/**
 * Lets the model read what is asked for: documents, as far as somebody sees them or has selected them, and texts. A reading
 * belongs to one version of a document, one mode, and what was changed in the model; nothing is read that nobody asks
 * for, so that those who colour a text ask again after each edit, and those who wait for a person do not.
 */
export class Readings implements vscode.Disposable {
  /** The engine, whichever runs, for questions about the traces of what was read. */
  readonly engine: EngineApi;
  readonly #host: EngineHost;
  readonly #traces: Traces;
  readonly #apart: ApartDocuments;
  readonly #texts: TextReadings;
  readonly #documents = new DocumentReadings();
  /** Of each document, by its address. */
  readonly #requests = new Map<string, LatestRequest>();
  readonly #tasks = new Map<string, number>();
  readonly #readingChanged = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  #mode: ReadingMode = 'withTextBefore';
  #ablated: readonly HeadAddress[] = [];
  #steering: Steering | undefined;

  /** Fires with a document's address when its reading comes, goes or gets stale, and for all when the mode changes. */
  readonly onDidChange = this.#documents.onDidChange;

  /** Fires when texts are read in another way: in the other mode, with other heads switched off, or steered otherwise. */
  readonly onDidChangeReading = this.#readingChanged.event;

  /** @param apart documents that hold texts which are read by themselves */
  constructor(choice: ModelChoice, host: EngineHost, traces: Traces, apart: ApartDocuments = NOTHING_APART) {
    this.#host = host;
    this.#apart = apart;
    this.#traces = traces;
    this.#texts = new TextReadings(host, traces, () => ({ ablated: this.#ablated, steering: this.#steering }));
    this.engine = this.#texts.engine;
    const change = () => {
      // They are heads, and a direction, of the model that was.
      this.#ablated = [];
      this.steering = undefined;
    };
    this.#subscriptions = vscode.Disposable.from(
      this.#documents,
      this.#readingChanged,
      vscode.workspace.onDidCloseTextDocument((document) => this.forget(document)),
      // A run over the text before an edit is of no use to anyone.
      vscode.workspace.onDidChangeTextDocument(
        ({ document, contentChanges }) => contentChanges.length > 0 && this.cancel(document),
      ),
      onSettingsChange(['model', 'adapter'], change),
      ...(choice.onDidChange ? [choice.onDidChange(change)] : []),
      onSettingsChange(['weights'], () => this.#readingChanges()),
    );
  }

  get mode(): ReadingMode {
    return this.#mode;
  }

  set mode(mode: ReadingMode) {
    this.#mode = mode;
    this.#readingChanges();
  }

  /** The heads that are switched off while the model reads. */
  get ablated(): readonly HeadAddress[] {
    return this.#ablated;
  }

  set ablated(heads: readonly HeadAddress[]) {
    this.#ablated = heads;
    this.#readingChanges();
  }

  /** The direction that is added while the model reads. */
  get steering(): Steering | undefined {
    return this.#steering;
  }

  set steering(steering: Steering | undefined) {
    this.#steering = steering;
    this.#readingChanges();
  }

  /** The same engine for those who also ask about traces that are still to be made. @param traceOf makes them */
  engineFor(traceOf: (trace: number) => Promise<number>): EngineApi {
    return createTracedEngine(this.#host, this.#traces, traceOf);
  }

  /** The latest reading of a document. */
  get(document: vscode.TextDocument): DocumentReading | undefined {
    return this.#documents.get(document);
  }

  /** The number of the engine's task that reads a document, or read it last. */
  taskOf(document: vscode.TextDocument): number | undefined {
    return this.#tasks.get(document.uri.toString());
  }

  /** Whether a document holds texts that are read by themselves, and is no text of its own. */
  isApart(document: vscode.TextDocument): boolean {
    return this.#apart.isApart(document);
  }

  cancel(document: vscode.TextDocument): void {
    this.#requests.get(document.uri.toString())?.cancel();
  }

  forget(document: vscode.TextDocument): void {
    const uri = document.uri.toString();
    this.cancel(document);
    this.#requests.delete(uri);
    this.#tasks.delete(uri);
    this.#documents.delete(uri);
  }

  /** Lets the model read a text as it is changed at present: `TextReadings` says how. */
  forward(text: string, token: vscode.CancellationToken, progress?: ForwardProgress): Promise<ForwardPass> {
    return this.#texts.forward(text, token, progress);
  }

  /**
   * Lets the model read a document; an earlier request for the same one is cancelled.
   *
   * @returns undefined where it was cancelled, or the text changed meanwhile.
   */
  async read(document: vscode.TextDocument, wanted: ReadingRequest): Promise<Reading | undefined> {
    const uri = document.uri.toString();
    const request = this.#requestOf(uri);
    const token = request.begin();
    const { version } = document;
    const progress = {
      began: (task: number) => this.#tasks.set(uri, task),
      interrupted: () => this.#documents.interrupt(uri, 'engine'),
    };
    const forward = (text: string) => this.forward(text, token, progress);
    const { engine, mode } = this;
    try {
      const { model } = await this.#host.use();
      const readUpTo = this.#documents.readUpTo(uri, wanted.from ?? 0);
      let latest: Reading | undefined;
      const reader = { forward, engine, model };
      const request = { ...wanted, document, mode, readUpTo };
      for await (const reading of this.#apart.isApart(document)
        ? readApart(reader, {
            ...request,
            texts: await this.#apart.textsIn(document, wanted.shown),
            known: this.get(document)?.reading,
          })
        : readDocument(reader, request)) {
        if (token.isCancellationRequested || document.version !== version) return undefined;
        latest = reading;
        this.#documents.set(reading);
      }
      return latest;
    } catch (error) {
      if (token.isCancellationRequested) return undefined;
      if (isServerOutage(error)) this.#documents.interrupt(uri, 'server');
      throw error;
    } finally {
      request.end(token);
    }
  }

  dispose(): void {
    for (const request of this.#requests.values()) request.dispose();
    this.#subscriptions.dispose();
  }

  /** What was read in another way is forgotten, and what still is must not come after that. */
  #readingChanges(): void {
    for (const request of this.#requests.values()) request.cancel();
    this.#documents.clear();
    this.#readingChanged.fire();
  }

  #requestOf(uri: string): LatestRequest {
    const request = this.#requests.get(uri) ?? new LatestRequest();
    this.#requests.set(uri, request);
    return request;
  }
}
