import type { Tensor } from 'onnxruntime-node';
import { isProduct, type ProductAddition } from '../model/adapters/addition';
import type { CompiledModel } from '../model/compile';
import { kindOf } from '../model/config';
import { ADAPTER } from '../model/graphs/ports';
import type { PlacedWeight } from '../model/weights';
import type { Interventions } from './interventions/interventions';
import type { Session, Sessions } from './sessions';
import { float32 } from './tensors';
import { rowsOfWeight, type WeightsInFile } from './weight-rows';

type Weights = WeightsInFile['weights'];
export type Gain = Pick<Interventions, 'adapterGain'>;

/** What a graph takes of what is added to a weight. */
export interface PartOfAdditions {
  factors(name: string, factors: ProductAddition, placed: PlacedWeight): ProductAddition;
  vector(values: Float32Array, placed: PlacedWeight): Float32Array;
}

const ALL: PartOfAdditions = { factors: (_, factors) => factors, vector: (values) => values };

/**
 * What a graph takes of an adapter that is kept apart from the weights; nothing where there is none.
 *
 * @param nameOf the name among all weights of one that the graph names
 */
export function adapterFeeds(
  { inputs }: Pick<Session, 'inputs'>,
  weights: Weights,
  { adapterGain }: Gain,
  nameOf: (name: string) => string = (name) => name,
  part: PartOfAdditions = ALL,
): Record<string, Tensor> {
  const feeds: Record<string, Tensor> = {};
  for (const input of inputs) {
    if (input === ADAPTER.gain) feeds[input] = float32(Float32Array.of(adapterGain), 1);
    const ofMatrix = nameAfter(ADAPTER.left(''), input);
    if (ofMatrix !== undefined) {
      const placed = placedWeight(weights, nameOf(ofMatrix));
      const { rank, left, right } = part.factors(ofMatrix, factorsOf(placed), placed);
      feeds[input] = float32(left, left.length / rank, rank);
      feeds[ADAPTER.right(ofMatrix)] = float32(right, rank, right.length / rank);
    }
    const ofVector = nameAfter(ADAPTER.vector(''), input);
    if (ofVector !== undefined) {
      const placed = placedWeight(weights, nameOf(ofVector));
      const values = part.vector(vectorOf(placed), placed);
      feeds[input] = float32(values, values.length);
    }
  }
  return feeds;
}

const nameAfter = (prefix: string, input: string): string | undefined =>
  input.startsWith(prefix) ? input.slice(prefix.length) : undefined;

function placedWeight(weights: Weights, name: string): PlacedWeight {
  const placed = weights.get(name);
  if (!placed) throw new Error(`there is no weight '${name}'`);
  return placed;
}

/** Of a layer to whose weight nothing is added, where something is in others of its kind: zeros. */
function factorsOf({ addition, shape: [rows = 1, columns = 1] }: PlacedWeight): ProductAddition {
  if (addition && isProduct(addition)) return addition;
  return { rank: 1, left: new Float32Array(rows), right: new Float32Array(columns) };
}

function vectorOf({ addition, shape }: PlacedWeight): Float32Array {
  return addition && !isProduct(addition) ? addition.values : new Float32Array(shape[0] as number);
}

/** What is added to those rows of a layer's weights that some heads have. @param asked of each kind of heads */
export function additionsOfHeads(
  { config }: Pick<CompiledModel, 'config'>,
  layer: number,
  asked: Record<'query' | 'keyValue', { head: number; count: number }>,
): PartOfAdditions {
  const rowsOf = (values: Float32Array, { heads }: PlacedWeight) => {
    if (!heads) return values;
    const { head, count } = asked[heads];
    const all = heads === 'query' ? config.numAttentionHeads : kindOf(config, layer).numKeyValueHeads;
    const ofHead = values.length / all;
    return values.subarray(head * ofHead, (head + count) * ofHead);
  };
  return { factors: (_, factors, placed) => ({ ...factors, left: rowsOf(factors.left, placed) }), vector: rowsOf };
}

/** The unembedding as a run under some interventions has it. */
export function unembeddingUnder({ unembedding }: Sessions, { weights }: WeightsInFile, gain: Gain): Session {
  const own = adapterFeeds(unembedding, weights, gain);
  return { ...unembedding, run: (feeds, outputs) => unembedding.run({ ...feeds, ...own }, outputs) };
}

/** Chosen rows of a matrix under a gain: [rows.length, in]. @throws VitrineError `engine.weights` */
export function rowsUnder(model: WeightsInFile, name: string, rows: ArrayLike<number>, gain: Gain): Float32Array {
  const values = rowsOfWeight(model, name, rows);
  const { addition } = placedWeight(model.weights, name);
  if (!addition || !isProduct(addition)) return values;
  const { rank, left, right } = addition;
  const width = right.length / rank;
  for (let at = 0; at < rows.length; at++) {
    for (let r = 0; r < rank; r++) {
      const factor = gain.adapterGain * (left[(rows[at] as number) * rank + r] as number);
      addTimes(values.subarray(at * width, (at + 1) * width), factor, right.subarray(r * width, (r + 1) * width));
    }
  }
  return values;
}

function addTimes(to: Float32Array, factor: number, values: Float32Array): void {
  for (let i = 0; i < to.length; i++) to[i] = (to[i] as number) + factor * (values[i] as number);
}

/** What is added to a column of a matrix under a gain: [out]; undefined where nothing is. */
export function columnAddition(weights: Weights, name: string, column: number, gain: Gain): Float32Array | undefined {
  const { addition } = placedWeight(weights, name);
  if (!addition || !isProduct(addition)) return undefined;
  const { rank, left, right } = addition;
  const width = right.length / rank;
  return Float32Array.from({ length: left.length / rank }, (_, row) => {
    let sum = 0;
    for (let r = 0; r < rank; r++) sum += (left[row * rank + r] as number) * (right[r * width + column] as number);
    return gain.adapterGain * sum;
  });
}
