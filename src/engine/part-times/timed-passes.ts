import { setImmediate } from 'node:timers/promises';
import type { CompiledModel } from '../../model/compile';
import type { Work } from '../../shared/progress';
import { unembeddingUnder } from '../adapter-gain';
import type { Interventions } from '../interventions/interventions';
import { Prefill } from '../prefill';
import type { Session, Sessions } from '../sessions';
import { residualOf } from '../trace';
import { logprobsOf } from '../unembed';

/** Tokens that are read behind a text, one at a time. */
export const STEPS = 4;

/** Of the runs of a graph, which ones: the first, and the one after the last. */
export type RunRange = readonly [from: number, to: number];

/** A pass, or a step of it, and the runs of both graphs that it took. */
export interface TimedPass {
  milliseconds: number;
  runs: Record<GraphName, RunRange>;
}

export type GraphName = 'decoder' | 'unembedding';

/** Reads a text again and again, and tokens behind it. */
export class TimedPasses {
  readonly #model: CompiledModel;
  readonly #sessions: Sessions;
  readonly #interventions: Interventions;
  readonly #keepsStreams: boolean;
  /** How often each graph ran. */
  readonly counts: Record<GraphName, number> = { decoder: 0, unembedding: 0 };

  /** @param keepsStreams whether the residual streams of all layers are taken from the graph, as the text's trace has them */
  constructor(model: CompiledModel, sessions: Sessions, interventions: Interventions, keepsStreams: boolean) {
    this.#model = model;
    this.#interventions = interventions;
    this.#keepsStreams = keepsStreams;
    const { decoder, unembedding } = sessions;
    this.#sessions = {
      ...sessions,
      decoder: this.#counted('decoder', decoder),
      unembedding: this.#counted('unembedding', unembedding),
    };
  }

  /** Reads a text whose context has room for `STEPS` tokens more, and then those. */
  async read(ids: Uint32Array, task: Work): Promise<{ prefill: TimedPass; steps: TimedPass[] }> {
    const { config } = this.#model;
    // With a reader of its own, because another one's would know the text.
    const reader = new Prefill(this.#sessions, this.#model, async () => this.#keepsStreams);
    const unembedding = unembeddingUnder(this.#sessions, this.#model, this.#interventions);
    const { timed: prefill, result } = await this.#timed(() => reader.run(ids, this.#interventions, task));
    reader.cache.reserve(ids.length + STEPS);
    const steps: TimedPass[] = [];
    let residual = residualOf(result.trace, config.numHiddenLayers, ids.length - 1, ids.length);
    while (steps.length < STEPS) {
      await setImmediate();
      task.signal.throwIfAborted();
      const step = await this.#timed(async () => {
        const logprobs = await logprobsOf(unembedding, config, residual);
        return reader.next(likeliest(logprobs), this.#interventions, task);
      });
      residual = step.result;
      steps.push(step.timed);
    }
    return { prefill, steps };
  }

  async #timed<T>(run: () => Promise<T>): Promise<{ timed: TimedPass; result: T }> {
    const before = { ...this.counts };
    const started = performance.now();
    const result = await run();
    const milliseconds = performance.now() - started;
    const runs = {
      decoder: [before.decoder, this.counts.decoder],
      unembedding: [before.unembedding, this.counts.unembedding],
    } as const;
    return { timed: { milliseconds, runs }, result };
  }

  #counted(name: GraphName, session: Session): Session {
    return {
      ...session,
      run: (feeds, outputs) => {
        this.counts[name]++;
        return session.run(feeds, outputs);
      },
    };
  }
}

function likeliest(logprobs: Float32Array): number {
  return logprobs.reduce((best, logprob, id) => (logprob > (logprobs[best] as number) ? id : best), 0);
}
