import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { noInterventions } from '../../src/engine/interventions/interventions';
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

type Asked = Pick<ArchitectureCase, 'path'> & { adapter?: string; adapterApart?: boolean; weights?: AskedStorage };

/** A tiny model ready to run; it is gone after the test. */
export async function loadArchitecture(asked: Asked): Promise<LoadedArchitecture> {
  const loaded = await load(asked, temporaryFolder());
  onTestFinished(() => release(loaded));
  return loaded;
}

/** A tiny model ready to run, for all tests of a group. */
export function useArchitecture(asked: Asked): { readonly loaded: LoadedArchitecture } {
  let folder = '';
  let loaded: LoadedArchitecture | undefined;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'vitrine-test-'));
    loaded = await load(asked, folder);
  });
  afterAll(async () => {
    if (loaded) await release(loaded);
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    get loaded() {
      if (!loaded) throw new Error('the model is there only while tests run');
      return loaded;
    },
  };
}

async function load(
  { path, adapter, adapterApart, weights = 'auto' }: Asked,
  folder: string,
): Promise<LoadedArchitecture> {
  const model = await compileModel(path, { adapter, adapterApart, cache: { folder, limitBytes: 1e9 }, weights });
  return { model, sessions: await createSessions(model, { provider: 'cpu', threads: 1 }) };
}

async function release({ sessions }: LoadedArchitecture): Promise<void> {
  for (const session of sessionsOf(sessions)) await session.release();
}

/** Reads tokens of which nothing is known, or those of one text after those of another. */
export async function readTokens(
  { model, sessions }: LoadedArchitecture,
  texts: ArrayLike<number>[],
  interventions = noInterventions(model.config),
): Promise<Trace> {
  const prefill = new Prefill(sessions, model);
  let trace: Trace | undefined;
  for (const ids of texts) ({ trace } = await prefill.run(Uint32Array.from(ids), interventions, TASK));
  return trace as Trace;
}
