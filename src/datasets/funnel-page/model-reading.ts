import type { BackgroundJob } from '../../background/background-reader';
import { ResultStore } from '../../background/result-store';
import type { TaskProgress } from '../../shared/progress';
import type { TextModel } from '../funnel/bits-per-byte';
import type { Funnel } from '../funnel/funnel-api';
import { readByModel } from '../funnel/read-by-model';

export interface ModelReadingParts {
  funnel: Funnel;
  /** Loads the model where it is not. @throws VitrineError */
  model(): Promise<TextModel>;
  /** Where numbers are kept, by content. */
  folder: string;
  /** Documents that all other rules let through. */
  total: number;
  /** Told when documents have been read. */
  changed(): void;
  /** Told when all have been, or why not. */
  ended(error?: unknown): void;
}

/** A model that reads the documents which all other rules let through, while nobody waits for it. */
export class ModelReading implements BackgroundJob {
  readonly #parts: ModelReadingParts;
  #loaded: Promise<{ model: TextModel; store: ResultStore }> | undefined;
  #done = 0;

  constructor(parts: ModelReadingParts) {
    this.#parts = parts;
  }

  get progress(): TaskProgress {
    return { done: Math.min(this.#done, this.#parts.total), total: this.#parts.total };
  }

  async step(signal: AbortSignal): Promise<boolean> {
    this.#loaded ??= this.#load();
    const { model, store } = await this.#loaded;
    const read = await readByModel(this.#parts.funnel, model, store, signal);
    this.#done += read;
    if (read > 0) this.#parts.changed();
    else this.#parts.ended();
    return read > 0;
  }

  waits(): void {}

  failed(error: unknown): void {
    this.#parts.ended(error);
  }

  async #load() {
    const model = await this.#parts.model();
    return { model, store: await ResultStore.open({ folder: this.#parts.folder, model: model.key }) };
  }
}
