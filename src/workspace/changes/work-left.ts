import { Rate } from '../../background/rate';
import type { FileReader } from '../score-file';

/** How long what is left of some work will take, by what the model was asked of late. */
export class WorkLeft {
  readonly #rate = new Rate();
  #since = performance.now();
  #isAsked = false;
  #left: number;

  /** @param total in whatever unit */
  constructor(total: number) {
    this.#left = total;
  }

  /** NaN while nothing is known of the rate. */
  get seconds(): number {
    const rate = this.#rate.perSecond;
    return rate > 0 ? this.#left / rate : Number.NaN;
  }

  /** The same reader; what it asks the model tells how fast that is. */
  watched(reader: FileReader): FileReader {
    const score: FileReader['model']['score'] = (ids, signal) => {
      this.#isAsked = true;
      return reader.model.score(ids, signal);
    };
    return { ...reader, model: { ...reader.model, score } };
  }

  done(work: number): void {
    const now = performance.now();
    // What was known before took no time, and tells nothing of the time that is left.
    if (this.#isAsked) this.#rate.add(work, (now - this.#since) / 1000);
    [this.#since, this.#isAsked] = [now, false];
    this.#left -= work;
  }
}
