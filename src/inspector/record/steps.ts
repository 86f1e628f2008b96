import type { Progress } from '../../shared/progress';

/** Long work in steps, between which it is told how far it is and can be stopped. */
export class Steps {
  readonly #total: number;
  readonly #signal: AbortSignal;
  readonly #progress: Progress;
  #done = 0;

  constructor(total: number, signal: AbortSignal, progress: Progress) {
    this.#total = total;
    this.#signal = signal;
    this.#progress = progress;
  }

  /** @throws the signal's reason where the work was stopped */
  async step<T>(work: () => Promise<T>): Promise<T> {
    this.#signal.throwIfAborted();
    this.#progress(this.#done, this.#total);
    const result = await work();
    this.#done++;
    return result;
  }
}
