import { sentence, VitrineError } from '../../shared/errors';
import type { Requests } from '../../shared/requests';
import { againOnceEnded } from '../engine/engine-ended';
import type { EngineHost, ReadyEngine } from '../engine/engine-host';

type HeadMask = Requests['forward']['headMask'];
type Engine = ReadyEngine['engine'];

/** Where a trace is, and what it is a trace of. */
interface TraceAddress {
  engine: Engine;
  /** The engine's own number for it. */
  id: number;
  /** The checksum of the model's file. */
  model: string;
  ids: Uint32Array;
  headMask: HeadMask;
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
 * The traces of a window, under numbers of its own that outlive the engines. An engine keeps the latest traces only, and takes
 * all with it when it ends: whoever asks about one that is gone waits until the same tokens have been read again under the
 * same head mask, once. So they do where the engine ends while they ask.
 */
export class Traces {
  readonly #host: Pick<EngineHost, 'run' | 'newTask'>;
  readonly #addresses = new Map<number, TraceAddress>();
  #next = 1;

  constructor(host: Pick<EngineHost, 'run' | 'newTask'>) {
    this.#host = host;
  }

  /** Takes note of a trace that an engine has made, or has found. @returns its number in this window */
  add({ engine, model }: ReadyEngine, id: number, ids: Uint32Array, headMask: HeadMask): number {
    for (const [trace, address] of this.#addresses) {
      if (address.engine === engine && address.id === id) return this.#used(trace, address);
    }
    const [oldest] = this.#addresses.keys();
    if (this.#addresses.size >= MOST && oldest !== undefined) this.#addresses.delete(oldest);
    const address = { engine, id, model: model.sha256, ids, headMask, renewal: undefined };
    return this.#used(this.#next++, address);
  }

  /** @throws VitrineError `trace.gone` where another model is loaded, or the trace is too old. */
  ask<T>(trace: number, question: (engine: Engine, id: number) => Promise<T>): Promise<T> {
    const address = this.#addresses.get(trace);
    if (!address) return Promise.reject(traceGone());
    this.#used(trace, address);
    return againOnceEnded(() => this.#host.run((ready) => this.#ask(address, ready, question)));
  }

  async #ask<T>(
    address: TraceAddress,
    ready: ReadyEngine,
    question: (engine: Engine, id: number) => Promise<T>,
  ): Promise<T> {
    const { engine } = ready;
    if (address.engine === engine) {
      try {
        return await question(engine, address.id);
      } catch (error) {
        if (!isGone(error)) throw error;
      }
    }
    return question(engine, await this.#renewed(address, ready));
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

  async #renew(address: TraceAddress, { engine, model }: ReadyEngine): Promise<number> {
    if (model.sha256 !== address.model) throw traceGone();
    const { ids, headMask } = address;
    const { trace } = await engine.forwardTokens({ task: this.#host.newTask(), ids: [...ids], headMask });
    address.engine = engine;
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
