import type { CompiledModel } from '../../model/compile';
import { embeddingGraph } from '../../model/graphs/comparison';
import { ComparedModel } from '../comparison/compared-model';
import type { Interventions } from '../interventions/interventions';
import { createSession } from '../sessions';

/** What enters the first layer of a text under a gain of an adapter, [T, C]. */
export async function embedTokens(
  model: CompiledModel,
  ids: ArrayLike<number>,
  gain: Interventions,
): Promise<Float32Array> {
  const { architecture, config, weights, weightsFolder } = model;
  const graph = embeddingGraph(architecture, config, weights);
  const session = await createSession('embedding', graph, weightsFolder, { provider: 'cpu' });
  try {
    const embedded = ComparedModel.rounded(model, gain);
    await embedded.embed(session, ids);
    return embedded.streams;
  } finally {
    await session.release();
  }
}
