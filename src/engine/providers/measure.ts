import { withTemporaryFolder } from '../../model/cache/temporary';
import { type CompiledModel, compileModel } from '../../model/compile';
import type { AskedStorage } from '../../shared/request-fields';
import { AttentionPatterns } from '../attention/attention-patterns';
import { noInterventions } from '../interventions/interventions';
import { predictionsOf } from '../predictions';
import { Prefill } from '../prefill';
import { createSessions, type Sessions, sessionsOf } from '../sessions';
import type { Trace } from '../trace';
import { hasSoftwareAdapter } from './machine';
import type { NamedProvider } from './packaged';
import { operatorsOnCpu } from './placement';
import type { Measurement } from './trial';

export interface MeasureRequest {
  path: string;
  adapter?: string | undefined;
  adapterApart?: boolean | undefined;
  provider: NamedProvider;
  threads?: number | undefined;
  cache: { folder: string; limitBytes: number };
  weights: AskedStorage;
}

/** Tokens of the short run: from this number on a processor's matrix products are at their fastest. */
const TOKENS = 128;

/**
 * Reads a short text twice on a provider: once to make it ready and see what runs where, and once for the time.
 *
 * @throws Error where the provider cannot be had, or computes on the CPU anyway.
 */
export async function measure({
  path,
  adapter,
  adapterApart,
  provider,
  threads,
  cache,
  weights,
}: MeasureRequest): Promise<Measurement> {
  const model = await compileModel(path, { adapter, adapterApart, cache, weights, allowLarge: true });
  // What a killed trial leaves there is removed when the cache folder is written to.
  return withTemporaryFolder(cache.folder, async (folder) => {
    const profileFolder = provider === 'cpu' ? undefined : folder;
    const sessions = await createSessions(model, { provider, threads, profileFolder });
    if (provider === 'webgpu' && hasSoftwareAdapter()) {
      throw new Error('there is only a software adapter, which computes on the CPU');
    }
    return measureSessions(model, sessions, folder);
  });
}

/** `measure` of sessions that profile into a folder. */
export async function measureSessions(
  model: CompiledModel,
  sessions: Sessions,
  profileFolder: string,
): Promise<Measurement> {
  const warmUp = await readOnce(model, sessions);
  await new AttentionPatterns(sessions, model).pattern(warmUp, 0, 0, { from: 0, to: warmUp.ids.length });
  for (const session of sessionsOf(sessions)) await session.endProfiling();
  const started = performance.now();
  const trace = await readOnce(model, sessions);
  const seconds = (performance.now() - started) / 1000;
  const { logprob } = predictionsOf(trace, 0, trace.ids.length, 0);
  return { seconds, logprobs: logprob.slice(1), cpuOperators: await operatorsOnCpu(profileFolder) };
}

/** With a reader of its own, because another one's would know the text. */
async function readOnce(model: CompiledModel, sessions: Sessions): Promise<Trace> {
  const { vocabSize, contextLength } = model.config;
  // Tokens from all over the vocabulary.
  const ids = Uint32Array.from({ length: Math.min(TOKENS, contextLength) }, (_, i) => (i * 7919) % vocabSize);
  const task = { signal: new AbortController().signal, progress: () => {} };
  return (await new Prefill(sessions, model).run(ids, noInterventions(model.config), task)).trace;
}
