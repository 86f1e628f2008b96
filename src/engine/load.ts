import { compileModel } from '../model/compile';
import type { Progress } from '../model/write-weights';
import type { Provider, Stage } from '../shared/engine-api';
import { LoadedModel } from './loaded-model';
import { createSessions } from './sessions';

interface LoadRequest {
  path: string;
  provider: Provider;
  threads?: number | undefined;
  cache: { folder: string; limitBytes: number };
  allowLarge: boolean;
}

/** Compiles a model where that was not done before, and makes it ready to read texts. */
export async function loadModel(
  { path, provider, threads, cache, allowLarge }: LoadRequest,
  signal: AbortSignal,
  progress: (stage: Stage) => Progress,
): Promise<LoadedModel> {
  const compiled = await compileModel(path, { cache, allowLarge, signal, progress: progress('compile') });
  const started = performance.now();
  const chosen = provider === 'auto' ? 'cpu' : provider;
  progress('load')(0, 1);
  const sessions = await createSessions(compiled, { provider: chosen, threads });
  const { config } = compiled;
  return new LoadedModel(compiled, sessions, {
    name: config.name,
    architecture: config.architecture,
    parameters: config.parameters,
    layers: config.layers,
    heads: config.heads,
    width: config.width,
    vocabulary: config.vocabulary,
    context: config.context,
    provider: chosen,
    providerNote: provider === 'auto' ? 'chosen by Vitrine' : 'asked for',
    compileSeconds: compiled.seconds,
    loadSeconds: (performance.now() - started) / 1000,
  });
}
