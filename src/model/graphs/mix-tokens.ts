import type { Architecture, LayerContext, LayerStates } from '../architectures/architecture';
import type { LayerKind } from '../config';
import type { Graph, Value } from '../onnx/graph';
import { dimension, padRows, slice, subtract } from '../onnx/operations';
import { DECODER } from './ports';

/**
 * What a layer without attention makes of the tokens of a run, [T, C] → [T, W]: 0 at positions that stand for no token,
 * which would move its state.
 *
 * @param tokens int64 [1]: how many positions do
 */
export function mixTokens(c: LayerContext, architecture: Architecture, layer: number, x: Value, tokens: Value): Value {
  const { g, kind, config } = c;
  const states = layerStates(g, kind, 1, {
    past: (name) => DECODER.pastState(layer, name),
    next: (name) => DECODER.state(layer, name),
  });
  const read = g.shaped(slice(g, x, 0, g.constant('int64', [0]), tokens), ['tokens', config.hiddenSize]);
  const mixed = padRows(g, mix(architecture, c, read, states), subtract(g, dimension(g, x, 0), tokens));
  return g.shaped(mixed, ['T', `mixed.${config.kindOfLayer[layer]}`]);
}

/** What the architecture makes of it. */
export function mix(architecture: Architecture, c: LayerContext, x: Value, states: LayerStates): Value {
  if (!architecture.mix) throw new Error('every layer of this architecture has attention');
  return architecture.mix(c, x, states);
}

/** Inputs and outputs for what a layer carries of so many sequences. */
export function layerStates(
  g: Graph,
  { states = [] }: LayerKind,
  sequences: number | string,
  names: { past(name: string): string; next(name: string): string },
): LayerStates {
  const shapeOf = (name: string) => [sequences, ...(states.find((state) => state.name === name)?.shape ?? [])];
  return {
    past: (name) => g.input(names.past(name), 'float32', shapeOf(name)),
    next: (name, value) => g.output(names.next(name), value, 'float32', shapeOf(name)),
  };
}
