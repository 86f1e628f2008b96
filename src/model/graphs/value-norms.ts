import type { GraphContext } from '../architectures/architecture';
import type { ModelConfig } from '../config';
import type { Graph } from '../onnx/graph';
import { atLeast, matmul, multiply, reshape, sliceFrom, squareRoot, sum, transpose } from '../onnx/operations';
import { withoutValueBias } from './attribution';
import { angleInputs, type GraphedKind, kindContext, layerContext, type Weights } from './context';
import { LAYER, VALUE_NORMS } from './ports';

/**
 * ‖v W_O‖ of every key's value, for heads that share a key-value head: by the products of the columns of W_O with each
 * other, √(vᵀ W_Oᵀ W_O v), so that nothing of K x C numbers is made for a head. Ports: `VALUE_NORMS`.
 */
export function valueNorms(g: Graph, { architecture, config, weights, number, kind }: GraphedKind): void {
  const residual = g.input(VALUE_NORMS.residual, 'float32', ['K', config.hiddenSize]);
  const c = layerContext(someHeads(g, config, weights, number), kind, angleInputs(g, kind, 'K', LAYER));
  const { values } = architecture.attentionInputs(withoutValueBias(c), residual);
  const columns = transpose(g, c.weight('output'), [1, 0]);
  const gate = architecture.outputGate?.(c, sliceFrom(g, residual, 0, -1));
  const read = gate ? multiply(g, columns, transpose(g, gate, [1, 0])) : columns;
  const ofHead = reshape(g, read, [-1, kind.headDim, config.hiddenSize]);
  const products = matmul(g, ofHead, transpose(g, ofHead, [0, 2, 1]));
  const squares = sum(g, multiply(g, matmul(g, values, products), values), 2);
  g.output(VALUE_NORMS.norms, squareRoot(g, atLeast(g, squares, 0)), 'float32', ['n', 'K']);
  // Queries and keys were written too.
  g.prune();
}

function someHeads(g: Graph, config: ModelConfig, weights: Weights, number: number): GraphContext {
  return kindContext(g, config, weights, number, ({ shape, heads }, name) => {
    if (name === 'output') return [config.hiddenSize, 'columns of output'];
    return heads === undefined ? shape : [`rows of ${name}`, ...shape.slice(1)];
  });
}
