import { type Engine, startEngine } from '../../src/engine/client';
import type { TraceInfo } from '../../src/shared/engine-api';
import type { Bench } from './bench';

/** A request to load the model. */
export function loadRequest({ model, cacheFolder }: { model: { path: string }; cacheFolder: string }) {
  return {
    task: 0,
    path: model.path,
    provider: 'cpu' as const,
    cache: { folder: cacheFolder, limitBytes: Number.MAX_VALUE },
    allowLarge: true,
    weights: 'auto' as const,
  };
}

/** Lets an engine in a process of its own be used, with the model loaded. */
export async function withEngine<T>(
  bench: Pick<Bench, 'model' | 'cacheFolder'>,
  use: (engine: Engine) => Promise<T>,
): Promise<T> {
  const engine = startEngine();
  try {
    await engine.load(loadRequest(bench));
    return await use(engine);
  } finally {
    await engine.stop();
  }
}

/** Reads a text of so many tokens of which the engine knows nothing yet. */
export async function readFresh(engine: Engine, text: string, tokens: number): Promise<TraceInfo> {
  const trace = await engine.forward({ task: 0, text });
  if (trace.ids.length !== tokens || trace.reused !== 0) {
    throw new Error(
      `${trace.ids.length} tokens were read, ${trace.reused} of them known before, instead of ${tokens}.`,
    );
  }
  return trace;
}
