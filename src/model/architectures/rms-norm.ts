import type { LayerKind, ModelConfig } from '../config';
import type { Value } from '../onnx/graph';
import { add, addAxis, divide, mean, multiply, reshape, rmsNorm, silu, squareRoot } from '../onnx/operations';
import type { FeedForward, GraphContext, LayerContext } from './architecture';
import { addAttention } from './attention-parts';
import { addGatedFeedForward, gatedNeurons } from './feed-forward';
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
  return g.within('norm', () => rmsNorm(g, x, weight(name), config.rmsNormEps));
}

/** Every head of [N, n·D] normed by itself, all by the same gains [D]: 1 where no weight is named. */
export function headsNormed(c: LayerContext<RmsNormConfig>, name: string | undefined, heads: Value): Value {
  const { g, kind, config } = c;
  const gains = name === undefined ? g.constant('float32', Array(kind.headDim).fill(1)) : c.weight(name);
  return reshape(g, rmsNorm(g, reshape(g, heads, [0, -1, kind.headDim]), gains, config.rmsNormEps), [0, -1]);
}

/** A term of a sum [N, C] as the norm of the whole sum leaves it: equal to `normed` where it is the whole. */
export function normedTerm(c: GraphContext<RmsNormConfig>, name: string, term: Value, whole: Value): Value {
  if (term === whole) return normed(c, name, whole);
  const { g, config } = c;
  return g.within('norm', () => {
    const squares = addAxis(g, mean(g, multiply(g, whole, whole), 1), 1);
    const size = squareRoot(g, add(g, squares, g.constant('float32', [config.rmsNormEps])));
    return multiply(g, divide(g, term, size), c.weight(name));
  });
}

/** down(activation(gate(norm(h))) · up(norm(h))) of what attention leaves. */
export function gatedFeedForward<C extends RmsNormConfig>(activation: typeof silu = silu): FeedForward<C> {
  return {
    input: (c, _x, h) => normed(c, 'feedforward.norm', h),
    neurons: (c, n) => gatedNeurons(c, n, activation),
  };
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
