import type { LayerKind, ModelConfig } from '../config';
import type { Value } from '../onnx/graph';
import { layerNorm, multiply, reshape } from '../onnx/operations';
import { layerWeight, type WeightSpec } from '../weights';
import type { AttentionInputs, GraphContext, LayerContext } from './architecture';
import { project, rotate } from './attention-parts';
import { modelWeights } from './model-weights';
import type { Settings } from './settings';
import { headRows, type WeightList } from './weight-list';

/* Parts of families whose norms subtract the mean. N: positions, C: the model's width, V: the vocabulary's size. */

export interface LayerNormConfig extends ModelConfig {
  layerNormEps: number;
}

export function readLayerNorm(settings: Settings): Pick<LayerNormConfig, 'layerNormEps'> {
  return { layerNormEps: settings.positive('layerNormEps', 1e-5) };
}

/** [N, C] normed by the gains of a weight [C] and, where the model has them, its biases. */
export function layerNormed(c: GraphContext<LayerNormConfig>, name: string, x: Value): Value {
  const bias = c.has(`${name}.bias`) ? c.weight(`${name}.bias`) : undefined;
  return c.g.within('norm', () => layerNorm(c.g, x, c.weight(name), bias, c.config.layerNormEps));
}

/** Queries, keys and values of a normed residual stream; where the model has norms of heads, before these rotate. */
export function headLayerNormedInputs(c: LayerContext<LayerNormConfig>, normed: Value): AttentionInputs {
  const headsOf = (name: string) => {
    const heads = project(c, name, normed);
    return rotate(c, c.has(`${name}.norm`) ? headsLayerNormed(c, `${name}.norm`, heads) : heads);
  };
  return { queries: headsOf('query'), keys: headsOf('key'), values: project(c, 'value', normed) };
}

/** Every head of [N, n·D] normed by itself and by gains of its own, [n, D]. */
function headsLayerNormed(c: LayerContext<LayerNormConfig>, name: string, heads: Value): Value {
  const { g, kind, config } = c;
  const ones = g.constant('float32', Array(kind.headDim).fill(1));
  const normed = layerNorm(g, reshape(g, heads, [0, -1, kind.headDim]), ones, undefined, config.layerNormEps);
  return reshape(g, multiply(g, normed, reshape(g, c.weight(name), [-1, kind.headDim])), [0, -1]);
}

/** The weights of a model whose norms may have biases, also that after the last layer. */
export function layerNormWeights(
  list: WeightList,
  config: ModelConfig,
  addLayer: (layer: number, kind: LayerKind) => void,
): WeightSpec[] {
  if (list.has('norm.bias')) list.add('norm.bias', [config.hiddenSize]);
  return modelWeights(list, config, addLayer);
}

/**
 * The gains of the norms of heads, where the checkpoint has them: one tensor for all heads of a layer, or one for each.
 *
 * @param order of `rotaryOrder`
 */
export function addHeadLayerNorms(
  list: WeightList,
  layer: number,
  { numAttentionHeads }: ModelConfig,
  { numKeyValueHeads, headDim }: LayerKind,
  order: readonly number[] | undefined,
): void {
  const rows = headRows(headDim, order);
  for (const [name, heads, count] of [
    ['query.norm', 'query', numAttentionHeads],
    ['key.norm', 'keyValue', numKeyValueHeads],
  ] as const) {
    const ofHead = (head: number) => list.tensor(`layer.${name}`, layer).replace(/weight$/, `norms.${head}.weight`);
    if (list.has(`layer.${name}`, layer)) {
      list.ofLayer(layer, name, [count * headDim], { heads, shape: [count, headDim], ...rows });
    } else if (list.holds(ofHead(0))) {
      const parts = Array.from({ length: count }, (_, head) => ({ tensor: ofHead(head), ...rows }));
      list.specs.push({ name: layerWeight(layer, name), shape: [count, headDim], heads, source: { parts } });
    }
  }
}
