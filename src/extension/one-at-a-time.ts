import { Debounced } from './debounced';

/** Work of which no piece begins before the one that was asked for earlier has ended, well or not. */
export class OneAtATime {
  #latest: Promise<unknown> = Promise.resolve();

  run(work: () => Promise<void>): Promise<void> {
    const result = this.#latest.then(work);
    this.#latest = result.catch(() => {});
    return result;
  }

  /** Work that begins in its turn, once nobody has asked for it for some time. */
  debounced(work: () => Promise<void>, delayMs: number): Debounced {
    return new Debounced(() => this.run(work), delayMs);
  }
}
