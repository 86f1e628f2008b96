import type { GraphContext, LayerContext } from '../architectures/architecture';
import { type LayerKind, layersOfKind, type ModelConfig } from '../config';
import type { Graph, Value } from '../onnx/graph';
import type { Matrix } from '../onnx/matrix';
import { externalData, layerWeight, type PlacedPart, type PlacedWeight } from '../weights';
import { LAYER } from './ports';

export type Weights = ReadonlyMap<string, PlacedWeight>;

/** Whole weights, which lie in the weights file. @param prefix of their names */
export function fileContext(g: Graph, config: ModelConfig, weights: Weights, prefix = ''): GraphContext {
  const part = ({ name }: PlacedWeight, { name: partName, type, shape, ...place }: PlacedPart): Value =>
    g.weight(partName === 'values' ? name : `${name}.${partName}`, shape, externalData(place), type);
  const weight = (name: string): Value => {
    const placed = placedWeight(weights, prefix + name);
    if (placed.packed) throw new Error(`'${name}' is packed: only a product reads it`);
    return part(placed, placed.parts[0] as PlacedPart);
  };
  const matrix = (name: string): Matrix => {
    const placed = placedWeight(weights, prefix + name);
    if (!placed.packed) return { value: weight(name) };
    return {
      type: placed.packed,
      shape: placed.shape as [number, number],
      part: (name) => part(placed, placed.parts.find((one) => one.name === name) as PlacedPart),
    };
  };
  return { g, config, weight, matrix, has: (name) => weights.has(prefix + name) };
}

/** Weights of any layer of a kind, which each run brings: only the rows of some heads where `ofSomeHeads`. */
export function inputContext(
  g: Graph,
  config: ModelConfig,
  weights: Weights,
  kind: number,
  ofSomeHeads: boolean,
): GraphContext {
  const prefix = layerWeight(layersOfKind(config, kind)[0] as number, '');
  const inputs = new Map<string, Value>();
  const weight = (name: string): Value => {
    const { shape, heads } = placedWeight(weights, prefix + name);
    const rows = ofSomeHeads && heads !== undefined ? [`rows of ${name}`, ...shape.slice(1)] : shape;
    const value = inputs.get(name) ?? g.input(LAYER.weight(name), 'float32', rows);
    inputs.set(name, value);
    return value;
  };
  return { g, config, weight, matrix: (name) => ({ value: weight(name) }), has: (name) => weights.has(prefix + name) };
}

/** @param rope undefined where the kind does not rotate */
export function layerContext(
  c: GraphContext,
  kind: LayerKind,
  rope: ReturnType<LayerContext['rope']> | undefined,
): LayerContext {
  const angles = () => {
    if (rope === undefined) throw new Error('this kind of layer rotates nothing');
    return rope;
  };
  return { ...c, kind, rope: angles, routed: () => {} };
}

function placedWeight(weights: Weights, name: string): PlacedWeight {
  const placed = weights.get(name);
  if (!placed) throw new Error(`a graph reads '${name}', which is not among the weights`);
  return placed;
}
