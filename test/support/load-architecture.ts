import { onTestFinished } from 'vitest';
import { Prefill } from '../../src/engine/prefill';
import { createSessions, type Sessions, sessionsOf } from '../../src/engine/sessions';
import type { Trace } from '../../src/engine/trace';
import { type CompiledModel, compileModel } from '../../src/model/compile';
import type { AskedStorage } from '../../src/shared/request-fields';
import type { ArchitectureCase } from './architecture-cases';
import { temporaryFolder } from './temporary-folder';

export const TASK = { signal: new AbortController().signal, progress: () => {} };

export interface LoadedArchitecture {
  model: CompiledModel;
  sessions: Sessions;
}

/** A tiny model ready to run; it is gone after the test. */
export async function loadArchitecture({
  path,
  adapter,
  weights = 'auto',
}: Pick<ArchitectureCase, 'path'> & { adapter?: string; weights?: AskedStorage }): Promise<LoadedArchitecture> {
  const model = await compileModel(path, { adapter, cache: { folder: temporaryFolder(), limitBytes: 1e9 }, weights });
  const sessions = await createSessions(model, { provider: 'cpu', threads: 1 });
  onTestFinished(async () => {
    for (const session of sessionsOf(sessions)) await session.release();
  });
  return { model, sessions };
}

export const allHeadsOn = ({ config }: CompiledModel): Float32Array =>
  new Float32Array(config.numHiddenLayers * config.numAttentionHeads).fill(1);

/** Reads tokens of which nothing is known, or those of one text after those of another. */
export async function readTokens(
  { model, sessions }: LoadedArchitecture,
  texts: ArrayLike<number>[],
  headMask = allHeadsOn(model),
): Promise<Trace> {
  const prefill = new Prefill(sessions, model);
  let trace: Trace | undefined;
  for (const ids of texts) ({ trace } = await prefill.run(Uint32Array.from(ids), headMask, TASK));
  return trace as Trace;
}
