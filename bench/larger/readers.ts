import { availableParallelism } from 'node:os';
import * as v from 'valibot';
import { type Engine, startEngine } from '../../src/engine/client';
import { withPeer } from '../engine/peer';
import { loadRequest } from '../engine/vitrine';
import { withWorker } from '../engine/worker';
import type { LargerModel } from './plan';

export const LLAMA = 'llama.cpp';

/** What reads texts in a process of its own. */
export interface Reader {
  pid: number | undefined;
  /** Seconds to read tokens of which it knows nothing. */
  read(ids: Uint32Array): Promise<number>;
  /** Seconds to continue what was read last, where it does that. */
  continued?(count: number): Promise<number>;
}

export interface VitrineReader extends Required<Reader> {
  /** Seconds to open a head of what was read last. */
  open(layer: number, head: number): Promise<number>;
}

const timing = v.object({ seconds: v.number() });

export async function withVitrine<T>(
  { path }: LargerModel,
  cacheFolder: string,
  use: (reader: VitrineReader) => Promise<T>,
): Promise<T> {
  const engine = startEngine();
  try {
    await engine.load(loadRequest({ model: { path }, cacheFolder }));
    return await use(readerOf(engine));
  } finally {
    await engine.stop();
  }
}

function readerOf(engine: Engine): VitrineReader {
  let trace = 0;
  return {
    pid: engine.pid,
    read: (ids) =>
      secondsOf(async () => {
        ({ trace } = await engine.forwardTokens({ task: 0, ids: [...ids] }));
      }),
    continued: (count) => secondsOf(() => engine.continuation({ task: 0, trace, count })),
    open: (layer, head) => secondsOf(() => engine.attention({ trace, layer, head })),
  };
}

export function withLlama<T>(python: string, { path }: LargerModel, use: (reader: Reader) => Promise<T>): Promise<T> {
  return withWorker(python, ['bench/peers/llama.py', path, `${availableParallelism()}`], ({ pid, ask }) => {
    const seconds = async (request: object) => v.parse(timing, await ask(request)).seconds;
    return use({
      pid,
      read: (ids) => seconds({ task: 'read', ids: [...ids] }),
      continued: (count) => seconds({ task: 'continue', count }),
    });
  });
}

/** @param attentions whether it keeps the patterns of attention */
export function withTransformers<T>(
  python: string,
  checkpoint: string,
  attentions: boolean,
  use: (reader: Reader) => Promise<T>,
): Promise<T> {
  return withPeer({ python }, checkpoint, ({ pid, forward }) =>
    use({ pid, read: async (ids) => (await forward(ids, attentions)).seconds }),
  );
}

async function secondsOf(run: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await run();
  return (performance.now() - started) / 1000;
}
