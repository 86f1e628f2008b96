import { relative, sep } from 'node:path';
import * as vscode from 'vscode';
import type { BackgroundJob, BackgroundReader } from '../../background/background-reader';
import type { ModelInfo } from '../../shared/engine-api';
import { VitrineError } from '../../shared/errors';
import type { LeftOut, ScanProgress, ScanState } from '../../shared/workspace-api';
import type { WorkspaceFile } from '../../workspace/files/find-files';
import { FolderScan } from '../../workspace/folder-scan';
import type { LineStatistics } from '../../workspace/lines/line-statistics';
import { type FileReader, type FileText, type RawFileScore, scoreFile } from '../../workspace/score-file';
import { TokenStore } from '../../workspace/token-store';
import { isEngineEnded } from '../engine/engine-ended';
import { errorText, sentenceText } from '../error-text';
import type { FileModels } from './file-models';

export interface ScannerParts {
  reader: BackgroundReader;
  models: FileModels;
  /** Where results are kept. */
  results: string;
  /** Whether it is to rest because of the battery, until somebody says otherwise. */
  isOnBattery(): boolean;
  /** A window that is loaded again goes on with what was on. */
  remember(isOn: boolean): Promise<void>;
}

/** A folder of the workspace, read in the background, and read again where it changes. */
export class FolderScanner implements BackgroundJob, vscode.Disposable {
  readonly uri: vscode.Uri;
  readonly name: string;
  readonly #parts: ScannerParts;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #read = new vscode.EventEmitter<RawFileScore>();
  #scan: FolderScan;
  #files: FileReader | undefined;
  /** Of the model that has read what the scan holds. */
  #key: string | undefined;
  #state: ScanState = { kind: 'off' };
  /** Whether files may have come or gone since it was looked for them. */
  #isLooking = true;
  readonly #renewed = new Set<string>();
  #ignoresBattery = false;
  #failedWith: ModelInfo | undefined;

  /** Fires when the state, how far it is, or which files there are, is another. */
  readonly onDidChange = this.#changed.event;
  /** Tells of each file that is read, also where it had been read before. */
  readonly onDidRead = this.#read.event;

  constructor({ uri, name }: vscode.WorkspaceFolder, parts: ScannerParts) {
    this.uri = uri;
    this.name = name;
    this.#parts = parts;
    this.#scan = new FolderScan(uri.fsPath);
  }

  /** Of the model that reads; undefined while none has. */
  get model(): string | undefined {
    return this.#files?.model.label;
  }

  get parallel(): number | undefined {
    return this.#files?.model.parallel;
  }

  get scanning(): ScanState {
    return this.#state;
  }

  get progress(): ScanProgress {
    return this.#scan.progress;
  }

  /** Files that are read or to be read, by path. */
  get files(): ReadonlyMap<string, WorkspaceFile> {
    return this.#scan.known;
  }

  /** By path; folders end with a slash. */
  get leftOut(): ReadonlyMap<string, LeftOut> {
    return this.#scan.leftOut;
  }

  /** Of all lines that are read. */
  get statistics(): LineStatistics {
    return this.#scan.statistics;
  }

  /** Why results are not kept. */
  get notice(): string | undefined {
    const trouble = this.#files?.store.trouble;
    return trouble && sentenceText(trouble);
  }

  /** Whether it is at it, or waits to be. */
  get isOn(): boolean {
    return ['loading', 'working', 'waiting', 'done'].includes(this.#state.kind);
  }

  /** Begins, goes on, also on a battery where somebody has seen that it rests because of it, or pauses. */
  async setScanning(isOn: boolean): Promise<void> {
    if (isOn) {
      if (this.#state.kind === 'waiting') this.#waitNoLonger();
      this.#goOn();
    } else if (this.isOn && this.#state.kind !== 'done') {
      this.#parts.reader.remove(this);
      this.#set({ kind: 'paused' });
    }
    await this.#parts.remember(isOn);
  }

  /** What is not read yet is not read, and what changes is not followed. */
  async end(): Promise<void> {
    this.#parts.reader.remove(this);
    this.#ignoresBattery = false;
    this.#set({ kind: 'off' });
    await this.#parts.remember(false);
  }

  /** Of the files that are to be read, this one is the next. */
  putFirst(path: string): void {
    this.#scan.putFirst(path);
  }

  /** A file has changed, or has come or gone. */
  fileChanged(uri: vscode.Uri, isOther: boolean): void {
    const path = this.#pathOf(uri);
    if (isOther) this.#isLooking = true;
    else if (this.#scan.knows(path)) this.#renewed.add(path);
    else return;
    if (this.#state.kind === 'done') this.#goOn();
  }

  /** Another model may be in use: what it makes of the files is another. Or it is there again after its engine has failed. */
  modelChanged(): void {
    const { key, loaded } = this.#parts.models;
    if (this.#state.kind === 'failed' && loaded && loaded !== this.#failedWith) this.#goOn();
    if (key === undefined || this.#key === undefined || key === this.#key) return;
    this.#parts.reader.remove(this);
    this.#files = undefined;
    this.#key = undefined;
    this.#scan = new FolderScan(this.uri.fsPath);
    this.#isLooking = true;
    if (this.isOn) this.#goOn();
    else this.#changed.fire();
  }

  batteryChanged(): void {
    if (this.isOn && this.#state.kind !== 'done') this.#goOn();
  }

  /** What the model makes of a text that somebody asks for: looked up where it was read before, else read before all others. @throws AbortError */
  async scoreOf(file: FileText, signal: AbortSignal): Promise<RawFileScore> {
    const reader = await this.#reader();
    await this.#parts.models.allow({ files: 1, bytes: Buffer.byteLength(file.text) });
    return scoreFile(file, { ...reader, model: this.#parts.models.awaited(reader.model) }, signal);
  }

  async step(signal: AbortSignal): Promise<boolean> {
    // What there is to read is shown before the model is loaded.
    await this.#look(signal);
    signal.throwIfAborted();
    const reader = await this.#reader();
    signal.throwIfAborted();
    if (this.#scan.hasNext) await this.#parts.models.allow(this.#scan.waiting);
    signal.throwIfAborted();
    this.#set({ kind: 'working' });
    const scan = this.#scan;
    const score = await scan.readNext(reader, signal, () => this.#changed.fire());
    if (score && scan === this.#scan) this.#read.fire(score);
    const hasToLook = this.#isLooking || this.#renewed.size > 0;
    this.#set({ kind: this.#scan.isDone && !hasToLook ? 'done' : 'working' });
    return this.#scan.hasNext || hasToLook;
  }

  waits(isWaiting: boolean, why?: unknown): void {
    const { t } = vscode.l10n;
    if (!isWaiting) this.#set({ kind: 'working' });
    else if (why === undefined) this.#set({ kind: 'waiting', reason: t('while you type or use the model') });
    else this.#set({ kind: 'waiting', reason: t('half a minute, and asks again'), message: errorText(why) });
  }

  /** The next engine goes on where one has ended; where they end too often, or somebody does not want the model, it is left alone. */
  failed(error: unknown): void {
    this.#files = undefined;
    if (isEngineEnded(error) && !isEndedTooOften(error)) {
      this.#goOn();
    } else if (error instanceof vscode.CancellationError) {
      void this.setScanning(false);
    } else {
      this.#failedWith = this.#parts.models.loaded;
      this.#set({ kind: 'failed', message: errorText(error) });
    }
  }

  dispose(): void {
    this.#parts.reader.remove(this);
    vscode.Disposable.from(this.#changed, this.#read).dispose();
  }

  /** Whoever begins what waits has seen why: the battery, or a server that is to be asked at once. */
  #waitNoLonger(): void {
    this.#ignoresBattery ||= this.#parts.isOnBattery();
    this.#parts.reader.remove(this);
  }

  #goOn(): void {
    if (this.#parts.isOnBattery() && !this.#ignoresBattery) {
      this.#parts.reader.remove(this);
      this.#set({ kind: 'waiting', reason: vscode.l10n.t('until the machine is plugged in') });
      return;
    }
    this.#set({ kind: this.#files ? 'working' : 'loading' });
    this.#parts.reader.add(this);
  }

  async #reader(): Promise<FileReader> {
    const model = await this.#parts.models.load((isWaiting) => this.waits(isWaiting));
    this.#key = model.key;
    if (this.#files?.model.key === model.key) this.#files = { ...this.#files, model };
    else this.#files = { model, store: await TokenStore.open({ folder: this.#parts.results, model: model.key }) };
    return this.#files;
  }

  async #look(signal: AbortSignal): Promise<void> {
    const renewed = [...this.#renewed];
    this.#renewed.clear();
    for (const path of renewed) await this.#scan.renew(path);
    if (!this.#isLooking) return;
    this.#isLooking = false;
    try {
      await this.#scan.find(signal, this.#openPaths);
      this.#changed.fire();
    } catch (error) {
      this.#isLooking = true;
      throw error;
    }
  }

  /** Of files that a person has in tabs. */
  get #openPaths(): Set<string> {
    const tabs = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs);
    const uris = tabs.flatMap(({ input }) => (input instanceof vscode.TabInputText ? [input.uri] : []));
    return new Set(uris.map((uri) => this.#pathOf(uri)));
  }

  /** With `/`. */
  #pathOf(uri: vscode.Uri): string {
    return relative(this.uri.fsPath, uri.fsPath).replaceAll(sep, '/');
  }

  #set(state: ScanState): void {
    this.#state = state;
    this.#changed.fire();
  }
}

const isEndedTooOften = (error: unknown) => error instanceof VitrineError && error.code === 'engine.crashes';
