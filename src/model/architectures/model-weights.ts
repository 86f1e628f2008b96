import { kindOf, type LayerKind, type ModelConfig } from '../config';
import type { WeightSpec } from '../weights';
import type { TensorView, WeightList } from './weight-list';

/** Embedding, layers, final norm and, where the embedding is not that too, the unembedding. @param norm how the file has gains */
export function modelWeights(
  list: WeightList,
  config: ModelConfig,
  addLayer: (layer: number, kind: LayerKind) => void,
  norm: TensorView = {},
): WeightSpec[] {
  const { hiddenSize, vocabSize } = config;
  list.add('embedding', [vocabSize, hiddenSize]);
  list.add('norm', [hiddenSize], norm);
  for (let layer = 0; layer < config.numHiddenLayers; layer++) addLayer(layer, kindOf(config, layer));
  if (!config.tieWordEmbeddings) list.add('unembedding', [vocabSize, hiddenSize]);
  return list.specs;
}
