import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll } from 'vitest';
import { defaultModelPath } from '../../models/catalogue';
import { type Engine, type EngineOptions, startEngine } from '../../src/engine/client';
import { cacheFolder } from '../../src/model/cache/folder';
import type { HeadAddress } from '../../src/shared/head-address';
import type { EngineApi, Requests } from '../../src/shared/requests';

const entry = fileURLToPath(new URL('../../dist/engine.js', import.meta.url));

let task = 0;
export const nextTask = () => task++;

export const startTestEngine = (options: EngineOptions = {}): Engine => startEngine({ entry, ...options });

/** A request to load the embedded model from the tests' common cache. Two files of tests run at a time, each on one core. */
export const loadRequest = (change: Partial<Requests['load']> = {}): Requests['load'] => ({
  task: nextTask(),
  path: defaultModelPath(),
  provider: 'cpu',
  threads: 1,
  cache: { folder: cacheFolder(), limitBytes: 50e9 },
  ...change,
});

/** An engine with the embedded model, for all tests of a file. */
export function useEngine(): { readonly engine: Engine } {
  let engine: Engine | undefined;
  beforeAll(async () => {
    engine = startTestEngine();
    await engine.load(loadRequest());
  });
  afterAll(() => engine?.stop());
  return {
    get engine() {
      if (!engine) throw new Error('the engine is there only while tests run');
      return engine;
    },
  };
}

/** How probable a token is with each of some heads switched off by itself. */
export async function withoutHeads(
  engine: Engine,
  { heads, ...asked }: { trace: number; position: number; heads: readonly HeadAddress[]; task?: number },
): Promise<Float32Array> {
  const parts = heads.map((head) => ({ kind: 'head' as const, ...head }));
  const { logprobs } = await engine.ablations({ task: nextTask(), ...asked, parts });
  return logprobs.filter((_, i) => i % 2 === 0);
}

/** Reads a text and gives what the model thinks of all of it. */
export async function readAll(engine: EngineApi, text: string, change: Partial<Requests['forward']> = {}) {
  const info = await engine.forward({ task: nextTask(), text, ...change });
  const predictions = await engine.predictions({ trace: info.trace, from: 0, to: info.ids.length });
  return { ...info, ...predictions };
}
