import { sentence, VitrineError } from '../shared/errors';
import { agreeUpTo, type Interventions } from './interventions/interventions';
import type { Trace } from './trace';

/** Traces, the one used last at the end. */
export class TraceStore {
  readonly #traces = new Map<number, Trace>();

  get size(): number {
    return this.#traces.size;
  }

  [Symbol.iterator](): Iterator<Trace> {
    return this.#traces.values();
  }

  add(trace: Trace): void {
    this.#traces.set(trace.id, trace);
  }

  /**
   * Forgets the trace that was not used for longest.
   *
   * @returns false where only the latest is left, or two of as many tokens: what one of them gave may be put into the other,
   * for which both are needed at once
   */
  dropOldest(): boolean {
    const [oldest, next] = this.#traces.values();
    if (!oldest || !next) return false;
    const isPair = this.#traces.size === 2 && oldest.ids.length === next.ids.length;
    return !isPair && this.#traces.delete(oldest.id);
  }

  /** @throws VitrineError `trace.gone` */
  get(id: number): Trace {
    const trace = this.#traces.get(id);
    if (trace) return this.#used(trace);
    throw traceGone();
  }

  /** A trace of the same tokens under the same interventions. */
  find(ids: Uint32Array, interventions: Interventions): Trace | undefined {
    const found = [...this.#traces.values()].find(
      (trace) =>
        trace.ids.length === ids.length &&
        trace.ids.every((id, i) => id === ids[i]) &&
        agreeUpTo(trace.interventions, interventions) >= ids.length,
    );
    return found && this.#used(found);
  }

  /** A map keeps the order of insertion. */
  #used(trace: Trace): Trace {
    this.#traces.delete(trace.id);
    this.#traces.set(trace.id, trace);
    return trace;
  }
}

export const traceGone = (): VitrineError =>
  new VitrineError('trace.gone', sentence`What the model computed for this text is no longer kept. Run it again.`);
