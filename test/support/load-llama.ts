import { createSessions, type Sessions } from '../../src/engine/sessions';
import { type CompiledModel, compileModel } from '../../src/model/compile';
import { type LlamaReference, type LlamaVariant, llamaFixture, readReference } from './llama-fixtures';
import { temporaryFolder } from './temporary-folder';

/** A tiny model ready to run, and what PyTorch computes with it. */
export interface LoadedLlama {
  model: CompiledModel;
  sessions: Sessions;
  reference: LlamaReference;
  /** Every layer and head. */
  heads: [layer: number, head: number][];
  /** Of the reference: [T, T], and what enters a layer (after the last: what leaves it), [T, width]. */
  patternOf(layer: number, head: number): Float32Array;
  residualOf(layer: number): Float32Array;
}

/** The model is gone after the test. */
export async function loadLlama(variant: LlamaVariant): Promise<LoadedLlama> {
  const cache = { folder: temporaryFolder(), limitBytes: 1e9 };
  const model = await compileModel(llamaFixture(variant), { cache });
  const reference = readReference(variant);
  const { layers, heads, width } = model.config;
  const tokens = reference.ids.length;
  return {
    model,
    sessions: await createLlamaSessions(model),
    reference,
    heads: Array.from({ length: layers * heads }, (_, i) => [Math.floor(i / heads), i % heads]),
    patternOf: (layer, head) => part(reference.attention, layer * heads + head, tokens * tokens),
    residualOf: (layer) => part(reference.residual, layer, tokens * width),
  };
}

export const createLlamaSessions = (model: CompiledModel): Promise<Sessions> =>
  createSessions(model, { provider: 'cpu', threads: 1 });

const part = (values: Float32Array, index: number, size: number) => values.subarray(index * size, (index + 1) * size);
