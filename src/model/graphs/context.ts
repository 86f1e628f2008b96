import { isProduct } from '../adapters/addition';
import type { Architecture, GraphContext, LayerContext } from '../architectures/architecture';
import { type LayerKind, layersOfKind, type ModelConfig } from '../config';
import type { Dimension, Graph, Value } from '../onnx/graph';
import { type AddedProduct, type Matrix, summed } from '../onnx/matrix';
import { add, multiply } from '../onnx/operations';
import { EXPANDED_WEIGHTS, type PackedType, packedFormOf } from '../packed/packed-form';
import type { PackedMatrix } from '../packed/packed-linear';
import { externalData, layerWeight, type PlacedPart, type PlacedWeight } from '../weights';
import { ADAPTER, LAYER } from './ports';

export type Weights = ReadonlyMap<string, PlacedWeight>;

/** A kind of a model's layers, whose graphs take any of these. */
export interface GraphedKind {
  architecture: Architecture;
  config: ModelConfig;
  weights: Weights;
  /** Of the kind. */
  number: number;
  kind: LayerKind;
}

/** Whole weights, which lie in the weights file. @param prefix of their names */
export function fileContext(g: Graph, config: ModelConfig, weights: Weights, prefix = ''): GraphContext {
  const weight = (name: string): Value => {
    const placed = placedWeight(weights, prefix + name);
    if (placed.packed) throw new Error(`'${name}' is packed: only a product reads it`);
    const { shape, parts } = placed;
    return g.weight(placed.name, shape, externalData(parts[0] as PlacedPart));
  };
  const matrix = (name: string): Matrix => {
    const placed = placedWeight(weights, prefix + name);
    return placed.packed ? packedMatrix(g, placed, placed.packed) : { value: weight(name) };
  };
  const additionTo: AdditionTo = (name) => {
    const { shape, addition } = placedWeight(weights, prefix + name);
    return addition && additionInputs(g, prefix + name, shape, isProduct(addition) ? addition.rank : undefined);
  };
  const has = (name: string) => weights.has(prefix + name);
  return withAdditions({ g, config, weight, matrix, has }, additionTo);
}

function packedMatrix(g: Graph, { name, shape, parts }: PlacedWeight, type: PackedType): Matrix {
  const [rows, columns] = shape as [number, number];
  const some = (first: number, count: number): PackedMatrix => ({
    type,
    shape: [count, columns],
    part: (partName) => {
      const part = parts.find((one) => one.name === partName) as PlacedPart;
      const rowBytes = part.byteLength / rows;
      const place = { offset: part.offset + first * rowBytes, byteLength: count * rowBytes };
      const ofRows = count === rows ? '' : `.${first}`;
      return g.weight(`${name}.${partName}${ofRows}`, [count, ...part.shape.slice(1)], externalData(place), part.type);
    },
  });
  if (packedFormOf(type).codeBits === 4 || rows * columns <= EXPANDED_WEIGHTS) return some(0, rows);
  // A power of two, so that every part begins at a page of the file.
  const atATime = 2 ** Math.max(0, Math.floor(Math.log2(EXPANDED_WEIGHTS / columns)));
  const firsts = Array.from({ length: Math.ceil(rows / atATime) }, (_, i) => i * atATime);
  return { rows: firsts.map((first) => some(first, Math.min(atATime, rows - first))) };
}

/** Weights of any layer of a kind, which each run brings: only the rows of some heads where `ofSomeHeads`. */
export function inputContext(
  g: Graph,
  config: ModelConfig,
  weights: Weights,
  kind: number,
  ofSomeHeads: boolean,
): GraphContext {
  return kindContext(g, config, weights, kind, ({ shape, heads }, name) =>
    ofSomeHeads && heads !== undefined ? [`rows of ${name}`, ...shape.slice(1)] : shape,
  );
}

type ShapeOf = (placed: PlacedWeight, name: string) => Dimension[];

/** Weights of any layer of a kind, which each run brings. @param shapeOf of what it brings of a weight: some of its rows, say */
export function kindContext(
  g: Graph,
  config: ModelConfig,
  weights: Weights,
  kind: number,
  shapeOf: ShapeOf,
): GraphContext {
  const layers = layersOfKind(config, kind);
  return broughtContext(g, config, weights, layerWeight(layers[0] as number, ''), shapeOf, addedInAny(weights, layers));
}

/** Weights to which an adapter adds in any of some layers, without the layer's number. The weights of an expert stand for those of all. */
function addedInAny(weights: Weights, layers: readonly number[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [name, { addition }] of weights) {
    const [, layer, ofLayer] = /^layer\.(\d+)\.(.+)$/.exec(name) ?? [];
    if (!addition || ofLayer === undefined || !layers.includes(Number(layer))) continue;
    names.add(ofLayer).add(ofLayer.replace(/^expert\.\d+\./, 'expert.0.'));
  }
  return names;
}

/** Weights that each run brings. @param added names of those to which an adapter adds */
export function broughtContext(
  g: Graph,
  config: ModelConfig,
  weights: Weights,
  prefix: string,
  shapeOf: ShapeOf,
  added: ReadonlySet<string>,
): GraphContext {
  const inputs = new Map<string, Value>();
  const shapeNamed = (name: string) => shapeOf(placedWeight(weights, prefix + name), name);
  const weight = (name: string): Value => {
    const shape = shapeNamed(name);
    const value = inputs.get(name) ?? g.input(LAYER.weight(name), 'float32', shape);
    inputs.set(name, value);
    return value;
  };
  const has = (name: string) => weights.has(prefix + name);
  const additionTo: AdditionTo = (name) => {
    if (!added.has(name)) return undefined;
    const shape = shapeNamed(name);
    return additionInputs(g, name, shape, shape.length === 1 ? undefined : `rank of ${name}`);
  };
  return withAdditions({ g, config, weight, matrix: (name) => ({ value: weight(name) }), has }, additionTo);
}

/** What an adapter adds to a weight: a product, or values with their gain. */
type AdditionTo = (name: string) => AddedProduct | { vector: Value } | undefined;

/** The same weights, with what an adapter adds to them. */
function withAdditions(c: GraphContext, additionTo: AdditionTo): GraphContext {
  const { g } = c;
  return {
    ...c,
    weight: (name) => {
      const addition = additionTo(name);
      const stored = c.weight(name);
      if (!addition) return stored;
      return g.shared(`${stored} with what an adapter adds`, () =>
        'vector' in addition ? add(g, stored, addition.vector) : summed(g, stored, addition),
      );
    },
    matrix: (name) => {
      const addition = additionTo(name);
      return addition && 'left' in addition ? { ...c.matrix(name), added: addition } : c.matrix(name);
    },
  };
}

/** @param rank of the product that is added to a matrix */
function additionInputs(g: Graph, name: string, shape: readonly Dimension[], rank: Dimension | undefined) {
  const input = (port: string, ...size: Dimension[]) => g.shared(port, () => g.input(port, 'float32', size));
  const gain = input(ADAPTER.gain, 1);
  const [rows = 1, columns = 1] = shape;
  if (rank === undefined) {
    const vector = g.shared(`gain of ${name}`, () => multiply(g, input(ADAPTER.vector(name), rows), gain));
    return { vector };
  }
  return { left: input(ADAPTER.left(name), rows, rank), right: input(ADAPTER.right(name), rank, columns), gain };
}

type Angles = ReturnType<LayerContext['rope']>;

/** Inputs for the angles of so many positions; undefined where a kind does not rotate. @param names of the inputs */
export function angleInputs(
  g: Graph,
  { rope, headDim }: LayerKind,
  positions: string,
  names: { cosines: string; sines: string },
): Angles | undefined {
  const angles = (name: string) => g.input(name, 'float32', [positions, headDim / 2]);
  return rope && { cosines: angles(names.cosines), sines: angles(names.sines) };
}

/** @param rope undefined where the kind does not rotate */
export function layerContext(c: GraphContext, kind: LayerKind, rope: Angles | undefined): LayerContext {
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
