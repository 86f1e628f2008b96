import { setImmediate } from 'node:timers/promises';

/** Nobody waits longer for this thread. */
const SLICE_MS = 8;

/** Lets others have the thread once in a while. */
export class Slices {
  readonly #signal: AbortSignal;
  #since = performance.now();

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  /** @param resting called each time. @throws AbortError */
  async next(resting: () => void = () => {}): Promise<void> {
    if (performance.now() - this.#since < SLICE_MS) return;
    resting();
    await setImmediate();
    this.#signal.throwIfAborted();
    this.#since = performance.now();
  }
}
