import type { Tensor } from 'onnxruntime-node';
import type { CompiledModel } from '../../model/compile';
import { LAYER } from '../../model/graphs/ports';
import { layerWeight } from '../../model/weights';
import { roomForWeights } from '../room-for-weights';
import type { Session } from '../sessions';
import { floats } from '../tensors';
import { readWeight } from '../weight-rows';

/** What a graph calls a weight, and what the layer calls it. */
export type Rename = (name: string) => string;

/** The weights that runs of a kind's graph bring. */
export class BroughtWeights {
  readonly #model: CompiledModel;
  readonly #tensors: Map<string, Tensor>;

  constructor(session: Session, model: CompiledModel, kind: number) {
    this.#model = model;
    this.#tensors = roomForWeights(session, model, kind);
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
