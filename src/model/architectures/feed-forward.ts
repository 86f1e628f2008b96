import type { Graph, Value } from '../onnx/graph';
import { multiply, silu } from '../onnx/operations';
import type { LayerContext } from './architecture';
import { project } from './attention-parts';
import type { WeightList } from './weight-list';

/* Feed-forward parts that several families have. */

/** activation(gate(x)) · up(x) (Shazeer 2020, arXiv 2002.05202): [N, C] → [N, I]. @param prefix of the weights' names */
export function gatedNeurons(
  c: LayerContext,
  x: Value,
  activation: (g: Graph, x: Value) => Value = silu,
  prefix = '',
): Value {
  const gate = activation(c.g, project(c, `${prefix}gate`, x));
  return multiply(c.g, gate, project(c, `${prefix}up`, x));
}

/** activation(up(x)): [N, C] → [N, I]. */
export function plainNeurons(c: LayerContext, x: Value, activation: (g: Graph, x: Value) => Value): Value {
  return activation(c.g, project(c, 'up', x));
}

/** The matrices of a gated feed-forward part, with biases where the checkpoint has them. */
export function addGatedFeedForward(
  list: WeightList,
  layer: number,
  hiddenSize: number,
  intermediateSize: number,
): void {
  list.linear(layer, 'gate', [intermediateSize, hiddenSize]);
  list.linear(layer, 'up', [intermediateSize, hiddenSize]);
  list.linear(layer, 'down', [hiddenSize, intermediateSize]);
}

/** The same, where one tensor, `gateAndUp`, has first the rows of the gate and then those of up. */
export function addFusedGate(list: WeightList, layer: number, hiddenSize: number, size: number): void {
  const half = (start: number) => ({ shape: [2 * size, hiddenSize], rows: { start, size, stride: size } });
  list.linear(layer, 'gate', [size, hiddenSize], half(0), 'gateAndUp');
  list.linear(layer, 'up', [size, hiddenSize], half(size), 'gateAndUp');
  list.linear(layer, 'down', [hiddenSize, size]);
}

/** Those of a plain one. */
export function addPlainFeedForward(
  list: WeightList,
  layer: number,
  hiddenSize: number,
  intermediateSize: number,
): void {
  list.linear(layer, 'up', [intermediateSize, hiddenSize]);
  list.linear(layer, 'down', [hiddenSize, intermediateSize]);
}
