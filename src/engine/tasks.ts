import { sentence, VitrineError } from '../shared/errors';

/** Longer than somebody takes who looks at a text and asks again. */
const QUIET_MS = 10_000;

/**
 * Long work, one at a time and in the order it was asked for: a run of the model blocks the thread anyway, and the cache
 * of keys and values belongs to one text. Each task can be cancelled by its number, also while it waits.
 */
export class Tasks {
  readonly #rest: () => void;
  readonly #running = new Map<number, AbortController>();
  #last: Promise<unknown> = Promise.resolve();
  #quiet: NodeJS.Timeout | undefined;

  /** @param rest is called once when nothing has been at work for a while; what comes then waits for it */
  constructor(rest: () => void) {
    this.#rest = rest;
  }

  run<T>(work: () => Promise<T>): Promise<T> {
    clearTimeout(this.#quiet);
    const result = this.#last.then(work);
    const ended: Promise<void> = result
      .then(
        () => {},
        () => {},
      )
      .then(() => this.#ended(ended));
    this.#last = ended;
    return result;
  }

  #ended(work: Promise<unknown>): void {
    if (work === this.#last) this.#quiet = setTimeout(this.#rest, QUIET_MS);
  }

  /** Runs work that can be cancelled by a number, and begins only where it was not. */
  runCancellable<T>(task: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    return this.cancellable(task, (signal) =>
      this.run(() => {
        signal.throwIfAborted();
        return work(signal);
      }),
    );
  }

  /** The same of work that waits for its turn by itself, where it has something to run. */
  async cancellable<T>(task: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (this.#running.has(task)) {
      throw new VitrineError(
        'request.task',
        sentence`The task ${String(task)} is still at work. Give each its own number.`,
      );
    }
    const controller = new AbortController();
    this.#running.set(task, controller);
    try {
      return await work(controller.signal);
    } finally {
      this.#running.delete(task);
    }
  }

  cancel(task: number): void {
    this.#running.get(task)?.abort();
  }
}
