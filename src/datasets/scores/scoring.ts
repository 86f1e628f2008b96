import type { BackgroundJob, BackgroundReader } from '../../background/background-reader';
import { Rate } from '../../background/rate';
import { ResultStore } from '../../background/result-store';
import type { DatasetScoring } from '../../shared/dataset-api';
import type { Sentence } from '../../shared/errors';
import { pagedBytes } from '../file/paged-numbers';
import { type RowFile, rowsOf } from '../rows/row-file';
import { NextLine } from './next-line';
import type { RowModel, RowModels } from './row-model';
import { RowScores } from './row-scores';
import { type ScoringModel, scoreRow } from './score-row';

export interface ScoringParts {
  reader: BackgroundReader;
  /** Loads them where they are not. */
  models(signal: AbortSignal): Promise<RowModels>;
  /** Where results are kept. */
  folder: string;
  /** Told when a number is known that was not, or the job is at something else. */
  changed(): void;
  /** @returns a sentence for people */
  errorText(error: unknown): string;
}

/** Scores the rows of a file one after another while nobody waits for the engine. */
export class Scoring implements BackgroundJob {
  readonly scores = new RowScores();
  readonly #parts: ScoringParts;
  readonly #notes = new Map<number, Sentence>();
  readonly #rate = new Rate();
  readonly #next = new NextLine((line) => this.#isScored.get(line) === 1 || this.#atWork.has(line));
  #isScored = pagedBytes();
  /** Rows that are being scored. */
  #atWork = new Set<number>();
  #scored = 0;
  #file: RowFile | undefined;
  #models: { a: ScoringModel; b: ScoringModel | undefined } | undefined;
  #state: DatasetScoring = { kind: 'off' };

  constructor(parts: ScoringParts) {
    this.#parts = parts;
  }

  get parallel(): number | undefined {
    const { a, b = a } = this.models ?? {};
    return a?.parallel && b?.parallel && Math.min(a.parallel, b.parallel);
  }

  get state(): DatasetScoring {
    return this.#state;
  }

  /** Rows that need nothing more. */
  get scored(): number {
    return this.#scored;
  }

  get models(): RowModels | undefined {
    return this.#models && { a: this.#models.a.model, b: this.#models.b?.model };
  }

  /** Why results are not kept. */
  get trouble(): Sentence | undefined {
    return this.#models?.a.store.trouble ?? this.#models?.b?.store.trouble;
  }

  noteOf(line: number): Sentence | undefined {
    return this.#notes.get(line);
  }

  /** Another file, or the same after it has changed: nothing of it is known. */
  use(file: RowFile): void {
    this.#file = file;
    this.forget();
  }

  see(lines: readonly number[]): void {
    this.#next.see(lines);
  }

  start(): void {
    if (this.#isOn) return;
    this.#set({ kind: 'loading' });
    this.#parts.reader.add(this);
  }

  pause(): void {
    if (!this.#isOn) return;
    this.#parts.reader.remove(this);
    this.#set({ kind: 'paused' });
  }

  /** There are rows that were not there, or other models: where it was at work, it goes on. */
  resume(): void {
    if (this.#state.kind === 'done') this.start();
  }

  /** Other models read now, or the rows are others. What was found is on disk. */
  forget(): void {
    const wasOn = this.#isOn || this.#state.kind === 'done';
    this.#parts.reader.remove(this);
    this.#models = undefined;
    this.scores.forget();
    this.#isScored = pagedBytes();
    this.#atWork = new Set();
    this.#scored = 0;
    this.#notes.clear();
    this.#next.restart();
    this.#set({ kind: 'off' });
    if (wasOn) this.start();
  }

  dispose(): void {
    this.#parts.reader.remove(this);
  }

  async step(signal: AbortSignal): Promise<boolean> {
    const file = this.#file;
    if (!file) return false;
    const models = this.#models ?? (await this.#load(signal));
    signal.throwIfAborted();
    this.#models = models;
    const next = this.#next.next(file.count);
    if (next === undefined) {
      if (this.#atWork.size === 0) this.#set({ kind: 'done' });
      return false;
    }
    const atWork = this.#atWork.add(next);
    try {
      return await this.#score(next, file, models, signal);
    } catch (error) {
      // It is not scored yet.
      this.#next.restart();
      throw error;
    } finally {
      atWork.delete(next);
    }
  }

  /** @returns whether there is such a row */
  async #score(
    line: number,
    file: RowFile,
    models: { a: ScoringModel; b: ScoringModel | undefined },
    signal: AbortSignal,
  ): Promise<boolean> {
    const [row] = await rowsOf(file, line, 1);
    if (!row) return false;
    const start = performance.now();
    const { numbers, note, tokensRead } = await scoreRow(row, models, signal);
    signal.throwIfAborted();
    this.scores.set(line, numbers);
    if (note) this.#notes.set(line, note);
    this.#isScored.set(line, 1);
    this.#scored++;
    if (tokensRead > 0) this.#rate.addWork(tokensRead, start);
    this.#set({ kind: 'working', tokensPerSecond: this.#rate.perSecond });
    return true;
  }

  waits(isWaiting: boolean, why?: unknown): void {
    const message = why === undefined ? undefined : this.#parts.errorText(why);
    this.#set(isWaiting ? { kind: 'waiting', message } : { kind: 'working', tokensPerSecond: 0 });
  }

  failed(error: unknown): void {
    this.#models = undefined;
    this.#set({ kind: 'failed', message: this.#parts.errorText(error) });
  }

  get #isOn(): boolean {
    return ['loading', 'working', 'waiting'].includes(this.#state.kind);
  }

  async #load(signal: AbortSignal): Promise<{ a: ScoringModel; b: ScoringModel | undefined }> {
    const { a, b } = await this.#parts.models(signal);
    return { a: await this.#withStore(a), b: b && (await this.#withStore(b)) };
  }

  async #withStore(model: RowModel): Promise<ScoringModel> {
    const { folder } = this.#parts;
    return { model, store: await ResultStore.open({ folder, model: model.key }) };
  }

  #set(state: DatasetScoring): void {
    this.#state = state;
    this.#parts.changed();
  }
}
