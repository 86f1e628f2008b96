import { sentence, VitrineError } from '../shared/errors';

/** So many texts are known by a number; of those that were asked about last. */
const MOST = 100;

/** The tokens that a served model has read, by numbers: the server itself keeps nothing that could be asked about. */
export class ServedTraces {
  readonly #ids = new Map<number, Uint32Array>();
  #next = 1;

  /** @returns its number */
  add(ids: Uint32Array): number {
    const [oldest] = this.#ids.keys();
    if (this.#ids.size >= MOST && oldest !== undefined) this.#ids.delete(oldest);
    this.#ids.set(this.#next, ids);
    return this.#next++;
  }

  /** @throws VitrineError `trace.gone` */
  idsOf(trace: number): Uint32Array {
    const ids = this.#ids.get(trace);
    if (!ids) {
      throw new VitrineError(
        'trace.gone',
        sentence`What the model computed for this text is no longer kept. Run it again.`,
      );
    }
    this.#ids.delete(trace);
    this.#ids.set(trace, ids);
    return ids;
  }
}
