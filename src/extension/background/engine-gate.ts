import { setTimeout } from 'node:timers/promises';
import type { Gate } from '../../background/background-reader';
import { VitrineError } from '../../shared/errors';
import type { EngineHost } from '../engine/engine-host';

/** How often it is looked whether somebody asks for something. */
const LOOK_MS = 40;

/** Somebody who types or clicks asks again soon. */
const QUIET_MS = 400;

/** Between two keys one may think; what reads in the background would be told to stop again and again. */
const TYPING_MS = 1000;

/** A server that does not answer may have to be started again, or has others to answer. */
const SERVER_MS = 30_000;

/** What a server gets over. */
const PASSING = new Set(['server.unreachable', 'server.silent', 'server.busy']);

/** Lets background work to engines of this machine while nobody waits for any of them, and nobody types: it takes all cores. */
export class EngineGate implements Gate {
  readonly #hosts: () => readonly EngineHost[];
  #typedAt = Number.NEGATIVE_INFINITY;
  /** Of what is at work. */
  readonly #stops = new Set<() => void>();

  constructor(hosts: () => readonly EngineHost[]) {
    this.#hosts = hosts;
  }

  /** Somebody has changed a text. */
  typed(): void {
    this.#typedAt = performance.now();
    for (const stop of this.#stops) stop();
  }

  isBusy(): boolean {
    const isWanted = this.#hosts().some(({ isBusy, model }) => isBusy && !model?.server);
    return isWanted || performance.now() - this.#typedAt < TYPING_MS;
  }

  pauseAfter(error: unknown): number | undefined {
    return error instanceof VitrineError && PASSING.has(error.code) ? SERVER_MS : undefined;
  }

  async whenFree(signal: AbortSignal): Promise<void> {
    for (let quiet = 0; quiet < QUIET_MS; quiet = this.isBusy() ? 0 : quiet + LOOK_MS) {
      await setTimeout(LOOK_MS, undefined, { signal });
    }
  }

  /** Does work, and calls `stop` as soon as somebody types or waits for an engine, maybe more than once. */
  async yielding<T>(work: Promise<T>, stop: () => void): Promise<T> {
    this.#stops.add(stop);
    const watch = setInterval(() => this.isBusy() && stop(), LOOK_MS);
    try {
      return await work;
    } finally {
      clearInterval(watch);
      this.#stops.delete(stop);
    }
  }
}
