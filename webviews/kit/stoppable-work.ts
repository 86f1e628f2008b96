import { messageOf } from '../../src/shared/errors';
/** Work that somebody may stop, and go on with: once at a time. */
export class StoppableWork {
  /** Why it ended before it was done; empty where nothing went wrong. */
  failure = '';
  readonly #changed: () => void;
  #running: AbortController | undefined;

  /** @param changed is called when it begins and when it ends */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  /** Does it, unless it is at work. @param work ends early where its signal says so */
  async run(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    if (this.#running) return;
    const running = new AbortController();
    this.#running = running;
    this.failure = '';
    this.#changed();
    try {
      await work(running.signal);
    } catch (error) {
      if (!running.signal.aborted) this.failure = messageOf(error);
    }
    if (this.#running === running) this.#running = undefined;
    this.#changed();
  }

  stop(): void {
    this.#running?.abort();
    this.#running = undefined;
    this.#changed();
  }
}
