import type { LayerKind, ModelConfig } from '../config';
import type { Value } from '../onnx/graph';
import { linear } from '../onnx/matrix';
import { rotary } from '../onnx/operations';
import type { AttentionInputs, LayerContext } from './architecture';
import { headRows, type WeightList } from './weight-list';

/* Parts that the attention of several families has. N: positions, C: the model's width, n·D: heads by their width. */

/** The product with a matrix and, where the model has one, its bias: [N, in] → [N, out]. */
export function project(c: LayerContext, name: string, x: Value): Value {
  return linear(c.g, x, c.matrix(name), c.has(`${name}.bias`) ? c.weight(`${name}.bias`) : undefined);
}

/** Queries, keys and values of a normed residual stream, by a matrix each, rotated where the layer rotates. */
export function rotatedInputs(c: LayerContext, normed: Value): AttentionInputs {
  return {
    queries: rotate(c, project(c, 'query', normed)),
    keys: rotate(c, project(c, 'key', normed)),
    values: project(c, 'value', normed),
  };
}

/** Every head of [N, n·D] rotated by its position, where the layer rotates. */
export function rotate(c: LayerContext, heads: Value): Value {
  return c.kind.rope ? rotary(c.g, heads, c.rope()) : heads;
}

/**
 * The matrices of queries, keys, values and the output, one each, with biases where the checkpoint has them.
 *
 * @param order of `rotaryOrder`
 * @param values which tensor makes them: that of the keys where they have none
 */
export function addAttention(
  list: WeightList,
  layer: number,
  { hiddenSize, numAttentionHeads }: ModelConfig,
  { headDim, numKeyValueHeads }: LayerKind,
  order?: readonly number[] | undefined,
  values: 'value' | 'key' = 'value',
): void {
  const width = numAttentionHeads * headDim;
  const rows = headRows(headDim, order);
  list.linear(layer, 'query', [width, hiddenSize], { heads: 'query', ...rows });
  list.linear(layer, 'key', [numKeyValueHeads * headDim, hiddenSize], { heads: 'keyValue', ...rows });
  list.linear(layer, 'value', [numKeyValueHeads * headDim, hiddenSize], { heads: 'keyValue' }, values);
  list.linear(layer, 'output', [hiddenSize, width]);
}
