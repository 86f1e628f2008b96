import type { Tensor } from 'onnxruntime-node';
import { layersOfKind, type ModelConfig } from '../model/config';
import { elementsOf } from '../model/tensors/tensor-types';
import { layerWeight, type PlacedWeight } from '../model/weights';
import { type Session, weightsTakenBy } from './sessions';
import { float32 } from './tensors';
import type { WeightsInFile } from './weight-rows';

/**
 * Room for the weights that a graph takes of any layer of a kind, by their names without the layer's number. All its layers
 * share the memory: new pages take longer than reading.
 */
export function roomForWeights(
  session: Session,
  { config, weights }: WeightsInFile & { config: ModelConfig },
  kind: number,
): Map<string, Tensor> {
  const [first] = layersOfKind(config, kind) as [number];
  return new Map(
    weightsTakenBy(session).map((name) => {
      const { shape } = weights.get(layerWeight(first, name)) as PlacedWeight;
      return [name, float32(new Float32Array(elementsOf(shape)), ...shape)];
    }),
  );
}
