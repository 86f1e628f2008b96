import { Rate } from '../../background/rate';
import type { FileReader } from '../score-file';

/** How long what is left of some work will take, by what the model was asked of late. */
export class WorkLeft {
  readonly #rate = new Rate();
  #since = performance.now();
  #isAsked = false;
  #left: number;
  /** Of the file, what was known before: the model reads it still, as what stands before the rest. */
  #known = 0;

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

  beginFile(): void {
    this.#known = 0;
  }

  done(work: number): void {
    const now = performance.now();
    this.#known += work;
    if (this.#isAsked) {
      this.#rate.add(this.#known, (now - this.#since) / 1000);
      this.#known = 0;
    }
    [this.#since, this.#isAsked] = [now, false];
    this.#left -= work;
  }
}
