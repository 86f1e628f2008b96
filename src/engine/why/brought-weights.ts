import type { Tensor } from 'onnxruntime-node';
import type { CompiledModel } from '../../model/compile';
import { LAYER } from '../../model/graphs/ports';
import { layerWeight } from '../../model/weights';
import { adapterFeeds } from '../adapter-gain';
import type { Interventions } from '../interventions/interventions';
import { roomForWeights } from '../room-for-weights';
import type { Session } from '../sessions';
import { floats } from '../tensors';
import { readWeight } from '../weight-rows';

/** What a graph calls a weight, and what the layer calls it. */
export type Rename = (name: string) => string;

/** The weights that runs of a kind's graph bring. */
export class BroughtWeights {
  readonly #model: CompiledModel;
  readonly #session: Session;
  readonly #gain: Interventions;
  readonly #tensors: Map<string, Tensor>;

  /** @param gain what the run of a trace was under */
  constructor(session: Session, model: CompiledModel, kind: number, gain: Interventions) {
    this.#model = model;
    this.#session = session;
    this.#gain = gain;
    this.#tensors = roomForWeights(session, model, kind);
  }

  /** Those of a layer, as feeds; what was read before is gone. */
  feeds(layer: number, rename: Rename = (name) => name): Record<string, Tensor> {
    const nameOf = (name: string) => layerWeight(layer, rename(name));
    const feeds = adapterFeeds(this.#session, this.#model.weights, this.#gain, nameOf);
    for (const [name, tensor] of this.#tensors) {
      readWeight(this.#model, nameOf(name), floats(tensor));
      feeds[LAYER.weight(name)] = tensor;
    }
    return feeds;
  }
}
