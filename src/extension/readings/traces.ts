import { sentence, VitrineError } from '../../shared/errors';
import type { Requests } from '../../shared/requests';
import { againOnceEnded } from '../engine/engine-ended';
import type { EngineHost, ReadyEngine } from '../engine/engine-host';
import { tracesIn, withTraces } from './traces-in';

/** What a run computes otherwise; traces that patches come from by their numbers in this window. */
export type AskedInterventions = Pick<
  Requests['forward'],
  'headMask' | 'hidden' | 'patches' | 'steering' | 'adapterGain'
>;
type Engine = ReadyEngine['engine'];
type Host = Pick<EngineHost, 'run' | 'newTask'>;

/** Where a trace is, and what it is a trace of. */
interface TraceAddress {
  /** Whose engines have it, one after another. */
  host: Host;
  engine: Engine;
  /** The engine's own number for it. */
  id: number;
  /** The checksum of the model's file. */
  model: string;
  ids: Uint32Array;
  interventions: AskedInterventions;
  /** While the tokens are read again. */
  renewal: Renewal | undefined;
}

interface Renewal {
  engine: Engine;
  /** The engine's own number for the trace. */
  id: Promise<number>;
}

/** Traces that can be asked for at most: of those used last the tokens are kept, so that they can be read again. */
const MOST = 200;

/**
 * The traces of a window, under numbers of its own that outlive the engines, whichever model they have: what is asked about one
 * goes to the engine of its model. An engine keeps the latest traces only, and takes
 * all with it when it ends: whoever asks about one that is gone waits until the same tokens have been read again under the
 * same interventions, once. So they do where the engine ends while they ask.
 */
export class Traces {
  readonly #addresses = new Map<number, TraceAddress>();
  #next = 1;

  /** Takes note of a trace that an engine has made, or has found. @returns its number in this window */
  add(host: Host, { engine, model }: ReadyEngine, id: number, ids: Uint32Array, asked: AskedInterventions): number {
    for (const [trace, address] of this.#addresses) {
      if (address.engine === engine && address.id === id) return this.#used(trace, address);
    }
    const [oldest] = this.#addresses.keys();
    if (this.#addresses.size >= MOST && oldest !== undefined) this.#addresses.delete(oldest);
    const { headMask, hidden, patches, steering, adapterGain } = asked;
    const interventions = { headMask, hidden, patches, steering, adapterGain };
    const address = { host, engine, id, model: model.sha256, ids, interventions, renewal: undefined };
    return this.#used(this.#next++, address);
  }

  /**
   * Asks about traces of this window that one engine has.
   *
   * @param question is given the request with the engine's own numbers of the traces that it names
   * @throws VitrineError `trace.gone` where another model is loaded, or a trace is too old.
   */
  async ask<R, T>(request: R, question: (ready: ReadyEngine, inEngine: R) => Promise<T>): Promise<T> {
    const addresses = this.#addressesIn(request);
    const { host } = addresses.values().next().value ?? {};
    if (!host) throw traceGone();
    return againOnceEnded(() => host.run((ready) => this.#ask(request, addresses, ready, question)));
  }

  /** Whose engines have a trace. @throws VitrineError `trace.gone` where it is too old. */
  hostOf(trace: number): Host {
    const host = this.#addresses.get(trace)?.host;
    if (!host) throw traceGone();
    return host;
  }

  #addressesIn(request: unknown): Map<number, TraceAddress> {
    return new Map(
      tracesIn(request).map((trace) => {
        const address = this.#addresses.get(trace);
        if (!address) throw traceGone();
        this.#used(trace, address);
        return [trace, address];
      }),
    );
  }

  async #ask<R, T>(
    request: R,
    addresses: ReadonlyMap<number, TraceAddress>,
    ready: ReadyEngine,
    question: (ready: ReadyEngine, inEngine: R) => Promise<T>,
  ): Promise<T> {
    const ask = () =>
      question(
        ready,
        withTraces(request, (trace) => (addresses.get(trace) as TraceAddress).id),
      );
    const all = [...addresses.values()];
    if (all.every(({ engine }) => engine === ready.engine)) {
      try {
        return await ask();
      } catch (error) {
        if (!isGone(error)) throw error;
      }
    }
    for (const address of all) await this.#renewed(address, ready);
    return ask();
  }

  /** Those who ask the same engine wait for the same renewal; one that an engine began before it ended comes to nothing. */
  #renewed(address: TraceAddress, ready: ReadyEngine): Promise<number> {
    if (address.renewal?.engine === ready.engine) return address.renewal.id;
    const renewal = { engine: ready.engine, id: this.#renew(address, ready) };
    address.renewal = renewal;
    return renewal.id.finally(() => {
      if (address.renewal === renewal) address.renewal = undefined;
    });
  }

  async #renew(address: TraceAddress, ready: ReadyEngine): Promise<number> {
    if (ready.model.sha256 !== address.model) throw traceGone();
    const request = { task: address.host.newTask(), ids: [...address.ids], ...address.interventions };
    const addresses = this.#addressesIn(request);
    const { trace } = await this.#ask(request, addresses, ready, ({ engine }, asked) => engine.forwardTokens(asked));
    address.engine = ready.engine;
    address.id = trace;
    return trace;
  }

  /** A map keeps the order of insertion. */
  #used(trace: number, address: TraceAddress): number {
    this.#addresses.delete(trace);
    this.#addresses.set(trace, address);
    return trace;
  }
}

const isGone = (error: unknown): boolean => error instanceof VitrineError && error.code === 'trace.gone';

/** What whoever asks about a trace is told that cannot be made again. */
export const traceGone = () =>
  new VitrineError('trace.gone', sentence`What the model computed for this text is no longer kept. Run it again.`);
