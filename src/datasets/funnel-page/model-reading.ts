import type { BackgroundJob, BackgroundReader } from '../../background/background-reader';
import { ResultStore } from '../../background/result-store';
import type { TaskProgress } from '../../shared/progress';
import type { TextModel } from '../funnel/bits-per-byte';
import type { Funnel } from '../funnel/funnel-api';
import { readByModel } from '../funnel/read-by-model';

export interface ModelReadingParts {
  reader: BackgroundReader;
  /** Loads the model in use where it is not. @throws VitrineError */
  model(): Promise<TextModel>;
  /** Where what models find is kept. */
  results: string;
  errorText(error: unknown): string;
}

/** What a model makes of the documents that all other rules let through: it reads them while nobody waits for it. */
export class ModelReading {
  readonly #parts: ModelReadingParts;
  readonly #changed: () => void;
  #job: BackgroundJob | undefined;
  #progress: TaskProgress | undefined;
  /** Whether somebody has asked for it. */
  isAsked = false;
  /** Why it has ended before it had read all. */
  trouble: string | undefined;

  /** @param changed is called when something more has been read, and when it ends */
  constructor(parts: ModelReadingParts, changed: () => void) {
    this.#parts = parts;
    this.#changed = changed;
  }

  /** While it reads. */
  get progress(): TaskProgress | undefined {
    return this.#progress;
  }

  /** @param total documents that all other rules let through */
  start(funnel: Funnel, total: number): void {
    this.stop();
    this.isAsked = true;
    this.trouble = undefined;
    this.#progress = { done: 0, total };
    // A batch is read at once, and no other beside it.
    let parallel: 1 | undefined;
    const loaded = this.#load();
    // Whoever reads tells of it.
    loaded.catch(() => {});
    const job: BackgroundJob = {
      get parallel() {
        return parallel;
      },
      step: async (signal) => {
        const { model, store } = await loaded;
        if (model.parallel) parallel = 1;
        const read = await readByModel(funnel, model, store, signal);
        if (this.#job === job) this.#read(read);
        return read > 0;
      },
      waits: (_isWaiting, why) => {
        this.trouble = why === undefined ? undefined : this.#parts.errorText(why);
        this.#changed();
      },
      failed: (error) => this.#end(this.#parts.errorText(error)),
    };
    this.#job = job;
    this.#parts.reader.add(job);
  }

  stop(): void {
    if (this.#job) this.#parts.reader.remove(this.#job);
    this.#job = undefined;
    this.#progress = undefined;
  }

  /** Nothing has been read of another data set. */
  forget(): void {
    this.stop();
    this.isAsked = false;
    this.trouble = undefined;
  }

  #read(documents: number): void {
    if (documents === 0) {
      this.#end(undefined);
      return;
    }
    const { done, total } = this.#progress ?? { done: 0, total: 0 };
    this.#progress = { done: Math.min(total, done + documents), total };
    this.#changed();
  }

  #end(trouble: string | undefined): void {
    this.#job = undefined;
    this.#progress = undefined;
    this.trouble = trouble;
    this.#changed();
  }

  async #load() {
    const model = await this.#parts.model();
    return { model, store: await ResultStore.open({ folder: this.#parts.results, model: model.key }) };
  }
}
