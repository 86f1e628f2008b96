import type { Graph, Value } from '../onnx/graph';
import { dimension, slice } from '../onnx/operations';
import { angleInputs, type GraphedKind, inputContext, layerContext } from './context';
import { PROJECTION } from './ports';

/** Queries and keys of some heads of any layer of a kind. Ports: `PROJECTION`. */
export function projection(g: Graph, { architecture, config, weights, number, kind }: GraphedKind): void {
  const residual = g.input(PROJECTION.residual, 'float32', ['K', config.hiddenSize]);
  const first = g.input(PROJECTION.first, 'int64', [1]);
  const end = dimension(g, residual, 0);
  const rope = angleInputs(g, kind, 'K', PROJECTION);
  const weightInputs = inputContext(g, config, weights, number, !architecture.mixesHeads);
  const inputsOf = (rows: (all: Value) => Value) => {
    const ofRows = rope && { cosines: rows(rope.cosines), sines: rows(rope.sines) };
    return architecture.attentionInputs(layerContext(weightInputs, kind, ofRows), rows(residual));
  };
  const { queries } = inputsOf((all) => slice(g, all, 0, first, end));
  const { keys } = inputsOf((all) => all);
  g.output(PROJECTION.queries, queries, 'float32', ['R', 'nD']);
  g.output(PROJECTION.keys, keys, 'float32', ['K', 'mD']);
  // The norm of the values, and the keys of the queries' rows, were written too.
  g.prune();
}
