import { sentence, VitrineError } from '../shared/errors';
import { bytesOf, type Trace } from './trace';

/** Memory for traces. The newest is kept however large it is. */
const LIMIT_BYTES = 2 ** 30;

/** The traces used last, the others out when they take too much memory. */
export class TraceStore {
  readonly #traces = new Map<number, Trace>();

  get size(): number {
    return this.#traces.size;
  }

  get bytes(): number {
    return bytesOf(this.#traces.values());
  }

  add(trace: Trace): void {
    this.#traces.set(trace.id, trace);
    for (const id of this.#traces.keys()) {
      // To add up what all have takes a while: as soon as they fit, it is done.
      if (this.bytes <= LIMIT_BYTES) return;
      if (id !== trace.id) this.#traces.delete(id);
    }
  }

  /** @throws VitrineError `trace.gone` */
  get(id: number): Trace {
    const trace = this.#traces.get(id);
    if (trace) return this.#used(trace);
    throw new VitrineError(
      'trace.gone',
      sentence`What the model computed for this text is no longer kept. Run it again.`,
    );
  }

  /** A trace of the same tokens under the same head mask. */
  find(ids: Uint32Array, headMask: Float32Array): Trace | undefined {
    const same = (a: ArrayLike<number>, b: ArrayLike<number>) =>
      a.length === b.length && Array.prototype.every.call(a, (value, i) => value === b[i]);
    const found = [...this.#traces.values()].find((trace) => same(trace.ids, ids) && same(trace.headMask, headMask));
    return found && this.#used(found);
  }

  /** A map keeps the order of insertion. */
  #used(trace: Trace): Trace {
    this.#traces.delete(trace.id);
    this.#traces.set(trace.id, trace);
    return trace;
  }
}
