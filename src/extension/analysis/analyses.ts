import * as vscode from 'vscode';
import type { ModelInfo } from '../../shared/engine-api';
import type { HeadAddress } from '../../shared/head-address';
import type { Span } from '../../shared/tokens';
import type { EngineHost } from '../engine/engine-host';
import { onSettingsChange } from '../settings';
import { ANALYSIS_TOP_K, type Analysis, type AnalysisPart } from './analysis';
import { type ChangedPart, UNCHANGED, withChange } from './changed-part';
import { forwardText, sentPart } from './forward-text';
import { stepsTo } from './steps';

/** Whether the model reads the text before a selection too, or the selection alone. */
export type ReadingMode = 'withTextBefore' | 'selectionAlone';

interface ReadPart {
  part: AnalysisPart;
  /** Offset of the first character that the model read. */
  firstUnit: number;
}

/** An analysis, and what has changed in the text since. */
export interface ReadText {
  readonly analysis: Analysis;
  readonly changed: ChangedPart;
}

/** What is known of a document. */
export interface KnownAnalysis extends ReadText {
  /** Whether the text has changed since. */
  readonly stale: boolean;
  /** UTF-16 offset before which it has not. */
  readonly unchangedBefore: number;
  /** What was known before, while the model still reads the text anew. */
  readonly previous: ReadText | undefined;
}

interface Known {
  analysis: Analysis;
  changed: ChangedPart;
  previous: ReadText | undefined;
}

/**
 * What the model thinks of the open documents. A result belongs to one version of a document; after an edit it is stale
 * until the document is analysed again.
 */
export class Analyses implements vscode.Disposable {
  readonly #host: EngineHost;
  readonly #known = new Map<string, Known>();
  readonly #tasks = new Map<string, number>();
  readonly #running = new Map<string, vscode.CancellationTokenSource>();
  readonly #changed = new vscode.EventEmitter<string>();
  readonly #subscriptions: vscode.Disposable[];
  readonly #readingChanged = new vscode.EventEmitter<void>();
  #mode: ReadingMode = 'withTextBefore';
  #ablated: readonly HeadAddress[] = [];

  /** Fires with a document's address when its analysis comes, goes or gets stale, and for all when the mode changes. */
  readonly onDidChange = this.#changed.event;

  /** Fires when texts are read in another way: in the other mode, or with other heads switched off. */
  readonly onDidChangeReading = this.#readingChanged.event;

  constructor(host: EngineHost) {
    this.#host = host;
    this.#subscriptions = [
      vscode.workspace.onDidCloseTextDocument((document) => this.forget(document)),
      vscode.workspace.onDidChangeTextDocument((event) => this.#edited(event)),
      onSettingsChange(['model'], () => {
        // They are heads of the model that was.
        this.ablated = [];
      }),
    ];
  }

  get mode(): ReadingMode {
    return this.#mode;
  }

  /** What was read in the other mode is forgotten. */
  set mode(mode: ReadingMode) {
    this.#mode = mode;
    this.#forgetAll();
    this.#readingChanged.fire();
  }

  /** The heads that are switched off while the model reads. */
  get ablated(): readonly HeadAddress[] {
    return this.#ablated;
  }

  /** What was read with others is forgotten. */
  set ablated(heads: readonly HeadAddress[]) {
    this.#ablated = heads;
    this.#forgetAll();
    this.#readingChanged.fire();
  }

  /** The latest analysis of a document. */
  get(document: vscode.TextDocument): KnownAnalysis | undefined {
    const known = this.#known.get(document.uri.toString());
    if (!known) return undefined;
    const { analysis, changed, previous } = known;
    const stale = analysis.version !== document.version;
    return { analysis, changed, previous, stale, unchangedBefore: changed.start };
  }

  /** Whether the engine that made an analysis still runs and may be asked about its traces. */
  isLive(analysis: Analysis): boolean {
    return analysis.model === this.#host.model;
  }

  /** The number of the engine's task that reads a document, or read it last. */
  taskOf(document: vscode.TextDocument): number | undefined {
    return this.#tasks.get(document.uri.toString());
  }

  cancel(document: vscode.TextDocument): void {
    this.#running.get(document.uri.toString())?.cancel();
  }

  forget(document: vscode.TextDocument): void {
    this.cancel(document);
    this.#tasks.delete(document.uri.toString());
    this.#forget(document.uri.toString());
  }

  /**
   * Analyses some parts of a document; an earlier request for the same document is cancelled.
   *
   * @param shown in UTF-16 offsets.
   * @param seen from which offset on somebody waits for it: nothing is told of what is read before.
   * @returns undefined where it was cancelled, or the text changed meanwhile.
   */
  async analyse(document: vscode.TextDocument, shown: readonly Span[], seen: number): Promise<Analysis | undefined> {
    const uri = document.uri.toString();
    this.#running.get(uri)?.cancel();
    const source = new vscode.CancellationTokenSource();
    this.#running.set(uri, source);
    const { version } = document;
    try {
      const texts = this.#textsOf(shown);
      const { model } = await this.#host.use();
      const known = this.#readUpTo(uri);
      const done: AnalysisPart[] = [];
      let analysis: Analysis | undefined;
      let cut = 0;
      for (const { start, end } of texts) {
        let read: ReadPart | undefined;
        for (const stop of stepsTo(Math.max(start, known), seen, end)) {
          read = await this.#read(document, start, stop, model, source.token);
          if (source.token.isCancellationRequested || document.version !== version) return undefined;
          analysis = {
            uri,
            version,
            model,
            shown,
            parts: [...done, read.part],
            cut: cut + read.firstUnit - start,
            complete: stop === texts.at(-1)?.end,
          };
          this.#learn(analysis);
        }
        if (read) {
          done.push(read.part);
          cut += read.firstUnit - start;
        }
      }
      return analysis;
    } catch (error) {
      if (source.token.isCancellationRequested) return undefined;
      throw error;
    } finally {
      if (this.#running.get(uri) === source) this.#running.delete(uri);
      source.dispose();
    }
  }

  dispose(): void {
    for (const source of this.#running.values()) source.cancel();
    vscode.Disposable.from(...this.#subscriptions, this.#changed, this.#readingChanged).dispose();
  }

  /** What was known of all that is to be shown is kept until that has been read again. */
  #learn(analysis: Analysis): void {
    const before = this.#known.get(analysis.uri);
    const former = before?.analysis.complete ? before : before?.previous;
    this.#known.set(analysis.uri, { analysis, changed: UNCHANGED, previous: analysis.complete ? undefined : former });
    this.#changed.fire(analysis.uri);
  }

  #forgetAll(): void {
    for (const uri of [...this.#known.keys()]) this.#forget(uri);
  }

  #forget(uri: string): void {
    if (this.#known.delete(uri)) this.#changed.fire(uri);
  }

  /** A run over the former text is of no use to anyone. */
  #edited({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    if (contentChanges.length === 0) return;
    this.cancel(document);
    const uri = document.uri.toString();
    const known = this.#known.get(uri);
    if (!known) return;
    // The editor reports changes so that they can be applied in this order, each to the text that the last one left.
    known.changed = contentChanges.reduce(withChange, known.changed);
    if (known.previous)
      known.previous = { ...known.previous, changed: contentChanges.reduce(withChange, known.previous.changed) };
    this.#changed.fire(uri);
  }

  /** The texts to read, in UTF-16 offsets: all up to the last range, or each range by itself. */
  #textsOf(shown: readonly Span[]): Span[] {
    const nonEmpty = shown.filter(({ start, end }) => end > start).sort((a, b) => a.start - b.start);
    if (this.#mode === 'selectionAlone') return nonEmpty;
    const end = Math.max(0, ...nonEmpty.map((range) => range.end));
    return end > 0 ? [{ start: 0, end }] : [];
  }

  /** Up to which offset the present text was read, so that the model gets there at once. */
  #readUpTo(uri: string): number {
    const known = this.#known.get(uri);
    if (!known) return 0;
    return Math.min(known.changed.start, known.analysis.parts.at(-1)?.ends.at(-1) ?? 0);
  }

  async #read(
    document: vscode.TextDocument,
    start: number,
    end: number,
    { contextLength }: ModelInfo,
    token: vscode.CancellationToken,
  ): Promise<ReadPart> {
    const { start: from } = sentPart({ start, end }, contextLength);
    const text = document.getText(new vscode.Range(document.positionAt(from), document.positionAt(end)));
    return this.#host.runTask(token, async (ready, task) => {
      this.#tasks.set(document.uri.toString(), task);
      const read = await forwardText(ready, task, text, this.#ablated);
      const to = read.ids.length;
      const predictions = await ready.engine.predictions({ trace: read.trace, from: 0, to, topK: ANALYSIS_TOP_K });
      const shift = (offsets: Uint32Array) => offsets.map((offset) => offset + from);
      const starts = shift(read.starts);
      return {
        part: { trace: read.trace, ids: read.ids, starts, ends: shift(read.ends), predictions },
        firstUnit: starts[0] ?? from,
      };
    });
  }
}
