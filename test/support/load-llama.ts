import { createSessions, type Sessions } from '../../src/engine/sessions';
import { type CompiledModel, compileModel } from '../../src/model/compile';
import { type LlamaReference, type LlamaVariant, llamaFixture, readReference } from './llama-fixtures';
import { temporaryFolder } from './temporary-folder';

/** A tiny model ready to run, and what PyTorch computes with it. */
export interface LoadedLlama {
  model: CompiledModel;
  sessions: Sessions;
  reference: LlamaReference;
}

/** The model is gone after the test. */
export async function loadLlama(variant: LlamaVariant): Promise<LoadedLlama> {
  const cache = { folder: temporaryFolder(), limitBytes: 1e9 };
  const model = await compileModel(llamaFixture(variant), { cache });
  return { model, sessions: await createLlamaSessions(model), reference: readReference(variant) };
}

export const createLlamaSessions = (model: CompiledModel): Promise<Sessions> =>
  createSessions(model, { provider: 'cpu', threads: 1 });
