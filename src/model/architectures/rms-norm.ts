import type { LayerKind, ModelConfig } from '../config';
import type { Graph, Value } from '../onnx/graph';
import { linear } from '../onnx/matrix';
import { add, reshape, rmsNorm, silu } from '../onnx/operations';
import type { GraphContext, LayerContext } from './architecture';
import { addAttention, project } from './attention-parts';
import { addGatedFeedForward, gatedFeedForward } from './feed-forward';
import type { Settings } from './settings';
import type { TensorView, WeightList } from './weight-list';

/*
 * Parts of families that have RMSNorm and, in every layer, a gated feed-forward part. N: positions, C: the model's width,
 * D: a head's, V: the vocabulary's size.
 */

export interface RmsNormConfig extends ModelConfig {
  intermediateSize: number;
  rmsNormEps: number;
}

export function readRmsNorm(settings: Settings): Pick<RmsNormConfig, 'intermediateSize' | 'rmsNormEps'> {
  return { intermediateSize: settings.count('intermediateSize'), rmsNormEps: settings.positive('rmsNormEps') };
}

/** [N, C] normed by the gains of a weight [C]. */
export function normed({ g, weight, config }: GraphContext<RmsNormConfig>, name: string, x: Value): Value {
  return rmsNorm(g, x, weight(name), config.rmsNormEps);
}

/** Every head of [N, n·D] normed by itself, all by the same gains [D]: 1 where no weight is named. */
export function headsNormed(c: LayerContext<RmsNormConfig>, name: string | undefined, heads: Value): Value {
  const { g, kind, config } = c;
  const gains = name === undefined ? g.constant('float32', Array(kind.headDim).fill(1)) : c.weight(name);
  return reshape(g, rmsNorm(g, reshape(g, heads, [0, -1, kind.headDim]), gains, config.rmsNormEps), [0, -1]);
}

/**
 * What leaves a layer that norms what its parts read: h = x + output(heads), and then
 * h + down(activation(gate(norm(h))) · up(norm(h))), [N, C].
 */
export function preNormOutput(
  c: LayerContext<RmsNormConfig>,
  x: Value,
  attended: Value,
  activation: (g: Graph, x: Value) => Value = silu,
): Value {
  const h = add(c.g, x, project(c, 'output', attended));
  return add(c.g, h, gatedFeedForward(c, normed(c, 'feedforward.norm', h), activation));
}

/** The product of the normed residual stream with the unembedding: [N, C] → [N, V]. */
export function normedLogits(c: GraphContext<RmsNormConfig>, x: Value): Value {
  return linear(c.g, normed(c, 'norm', x), c.matrix(c.config.tieWordEmbeddings ? 'embedding' : 'unembedding'));
}

/** The weights of a layer that norms what its parts read. @param order of `rotaryOrder` @param norm how the file has gains */
export function addPreNormLayer(
  list: WeightList,
  layer: number,
  config: RmsNormConfig,
  kind: LayerKind,
  {
    order,
    norm = {},
    addFeedForward = addGatedFeedForward,
  }: { order?: readonly number[] | undefined; norm?: TensorView; addFeedForward?: typeof addGatedFeedForward } = {},
): void {
  list.ofLayer(layer, 'attention.norm', [config.hiddenSize], norm);
  addAttention(list, layer, config, kind, order);
  list.ofLayer(layer, 'feedforward.norm', [config.hiddenSize], norm);
  addFeedForward(list, layer, config.hiddenSize, config.intermediateSize);
}
