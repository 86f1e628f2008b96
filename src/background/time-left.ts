import { Rate } from './rate';

/** Before that a rate says little. */
const FIRST_MS = 2000;

/** How long what is left will take, if it goes on as of late. */
export class TimeLeft {
  readonly #rate = new Rate();
  readonly #since = performance.now();
  #toldAt = this.#since;
  /** What was done before does not count: somebody else may have done it. */
  #done: number | undefined;

  /** @returns seconds; NaN while nobody can tell */
  after(done: number, total: number): number {
    const now = performance.now();
    if (this.#done !== undefined) this.#rate.add(done - this.#done, (now - this.#toldAt) / 1000);
    this.#toldAt = now;
    this.#done = done;
    const { perSecond } = this.#rate;
    return now - this.#since < FIRST_MS || perSecond === 0 ? Number.NaN : (total - done) / perSecond;
  }
}
