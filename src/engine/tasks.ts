import { sentence, VitrineError } from '../shared/errors';

/**
 * Long work, one at a time and in the order it was asked for: a run of the model blocks the thread anyway, and the cache
 * of keys and values belongs to one text. Each task can be cancelled by its number, also while it waits.
 */
export class Tasks {
  readonly #running = new Map<number, AbortController>();
  #last: Promise<unknown> = Promise.resolve();

  run<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => {});
    return result;
  }

  async runCancellable<T>(task: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (this.#running.has(task)) {
      throw new VitrineError(
        'request.task',
        sentence`The task ${String(task)} is still at work. Give each its own number.`,
      );
    }
    const controller = new AbortController();
    this.#running.set(task, controller);
    try {
      return await this.run(() => {
        controller.signal.throwIfAborted();
        return work(controller.signal);
      });
    } finally {
      this.#running.delete(task);
    }
  }

  cancel(task: number): void {
    this.#running.get(task)?.abort();
  }
}
