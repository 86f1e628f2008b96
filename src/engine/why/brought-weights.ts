import type { Tensor } from 'onnxruntime-node';
import type { CompiledModel } from '../../model/compile';
import { layersOfKind } from '../../model/config';
import { LAYER } from '../../model/graphs/ports';
import { elementsOf } from '../../model/tensors/tensor-types';
import { layerWeight, type PlacedWeight } from '../../model/weights';
import { type Session, weightsTakenBy } from '../sessions';
import { float32, floats } from '../tensors';
import { readWeight } from '../weight-rows';

/** What a graph calls a weight, and what the layer calls it. */
export type Rename = (name: string) => string;

/** The weights that runs of a kind's graph bring. All its layers share the memory: new pages take longer than reading. */
export class BroughtWeights {
  readonly #model: CompiledModel;
  readonly #tensors: Map<string, Tensor>;

  constructor(session: Session, model: CompiledModel, kind: number) {
    this.#model = model;
    const [first] = layersOfKind(model.config, kind) as [number];
    this.#tensors = new Map(
      weightsTakenBy(session).map((name) => {
        const { shape } = model.weights.get(layerWeight(first, name)) as PlacedWeight;
        return [name, float32(new Float32Array(elementsOf(shape)), ...shape)];
      }),
    );
  }

  /** Those of a layer, as feeds; what was read before is gone. */
  feeds(layer: number, rename: Rename = (name) => name): Record<string, Tensor> {
    return Object.fromEntries(
      Array.from(this.#tensors, ([name, tensor]) => {
        readWeight(this.#model, layerWeight(layer, rename(name)), floats(tensor));
        return [LAYER.weight(name), tensor];
      }),
    );
  }
}
