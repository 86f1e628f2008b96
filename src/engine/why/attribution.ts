import type { Tensor } from 'onnxruntime-node';
import type { CompiledModel } from '../../model/compile';
import { hasAttention, kindOf, type LayerKind } from '../../model/config';
import { ATTRIBUTION } from '../../model/graphs/ports';
import { elementsOf } from '../../model/tensors/tensor-types';
import { causalMask, hideKeys } from '../mask';
import { anglesOf } from '../rope-angles';
import { angleFeeds } from '../run-inputs';
import { type Sessions, sessionsOfLayer } from '../sessions';
import { float32, floats } from '../tensors';
import { residualOf, type Trace } from '../trace';
import { BroughtWeights } from './brought-weights';

/** What the heads of a layer, or what it has in their place, add to the stream of a position. */
export interface LayerAttribution {
  /** [C] */
  added: Float32Array;
  /** Of a layer with attention. */
  heads: HeadAttribution | undefined;
}

export interface HeadAttribution {
  /** [H, K]: attention weights, and what each brings in the direction, the values' biases left out. */
  pattern: Float32Array;
  contributions: Float32Array;
  /** What the biases of the values and of the output bring. */
  biases: number;
  /** Of the position: [H·D], and [KV·D] each. */
  query: Float32Array;
  key: Float32Array;
  value: Float32Array;
}

/** Takes apart what layers add to the residual stream of one position of a trace, the last of `keys`. */
export class Attribution {
  readonly #sessions: Sessions;
  readonly #model: CompiledModel;
  readonly #trace: Trace;
  readonly #keys: number;
  /** Of each kind of layers that was asked for. */
  readonly #weights = new Map<number, BroughtWeights>();

  constructor(sessions: Sessions, model: CompiledModel, trace: Trace, keys: number) {
    this.#sessions = sessions;
    this.#model = model;
    this.#trace = trace;
    this.#keys = keys;
  }

  /** @param direction [C], among what the layer's parts add to */
  async layer(layer: number, direction: Float64Array): Promise<LayerAttribution> {
    const { config } = this.#model;
    const kind = kindOf(config, layer);
    const number = config.kindOfLayer[layer] as number;
    const { attribution } = sessionsOfLayer(this.#sessions, config, layer);
    const weights =
      this.#weights.get(number) ?? new BroughtWeights(attribution, this.#model, number, this.#trace.interventions);
    this.#weights.set(number, weights);
    const residual = residualOf(this.#trace, layer, 0, this.#keys);
    const results = await attribution.run({
      ...weights.feeds(layer),
      [ATTRIBUTION.residual]: float32(residual, this.#keys, config.hiddenSize),
      ...(hasAttention(kind) ? this.#headFeeds(layer, kind, direction) : beginningOf(kind)),
    });
    const added = floats(results[ATTRIBUTION.added]);
    if (!hasAttention(kind)) return { added, heads: undefined };
    return {
      added,
      heads: {
        pattern: floats(results[ATTRIBUTION.pattern]),
        contributions: floats(results[ATTRIBUTION.contributions]),
        biases: floats(results[ATTRIBUTION.biases])[0] as number,
        query: floats(results[ATTRIBUTION.query]),
        key: floats(results[ATTRIBUTION.key]),
        value: floats(results[ATTRIBUTION.value]),
      },
    };
  }

  #headFeeds(layer: number, kind: LayerKind, direction: Float64Array): Record<string, Tensor> {
    const { numAttentionHeads: heads } = this.#model.config;
    const keys = this.#keys;
    const angles = anglesOf(kind, this.#trace.ids.length, 0, keys);
    const { headMask, hidden } = this.#trace.interventions;
    const shape = { from: keys - 1, queries: 1, keys, slidingWindow: kind.slidingWindow };
    return {
      ...(angles && angleFeeds(angles, keys, ATTRIBUTION.cosines, ATTRIBUTION.sines)),
      [ATTRIBUTION.mask]: float32(hideKeys(causalMask(shape), shape, hidden), 1, keys),
      [ATTRIBUTION.headMask]: float32(headMask.subarray(layer * heads, (layer + 1) * heads), heads),
      [ATTRIBUTION.direction]: float32(Float32Array.from(direction), 1, direction.length),
    };
  }
}

function beginningOf({ states = [] }: LayerKind): Record<string, Tensor> {
  return Object.fromEntries(
    states.map(({ name, shape }) => [
      ATTRIBUTION.pastState(name),
      float32(new Float32Array(elementsOf(shape)), 1, ...shape),
    ]),
  );
}
