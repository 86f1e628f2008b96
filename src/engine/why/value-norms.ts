import type { Tensor } from 'onnxruntime-node';
import type { ProductAddition } from '../../model/adapters/addition';
import type { CompiledModel } from '../../model/compile';
import { kindOf } from '../../model/config';
import { VALUE_NORMS } from '../../model/graphs/ports';
import { elementsOf } from '../../model/tensors/tensor-types';
import { layerWeight, type PlacedWeight } from '../../model/weights';
import { adapterFeeds, additionsOfHeads, type PartOfAdditions } from '../adapter-gain';
import type { Heads } from '../attention/projection';
import type { Interventions } from '../interventions/interventions';
import { type Session, type Sessions, sessionsOfHeads, weightsTakenBy } from '../sessions';
import { float32, floats } from '../tensors';
import { headRows, weightRows } from '../weight-rows';

/** How long the value of each key is in the residual stream, its bias left out, once the output matrix has read it. */
export class ValueNorms {
  readonly #session: Session;
  readonly #width: number;
  readonly #weights: Record<string, Tensor>;
  /** Whether they are those of one query, because a gate of it multiplies what heads give. */
  readonly isOfQuery: boolean;

  /** Reads the weights of heads that share a key-value head. */
  constructor(sessions: Sessions, model: CompiledModel, { layer, head, count }: Heads, gain: Interventions) {
    const { hiddenSize, numAttentionHeads } = model.config;
    const { numKeyValueHeads } = kindOf(model.config, layer);
    const keyValueHead = Math.floor(head / (numAttentionHeads / numKeyValueHeads));
    const asked = { query: { head, count }, keyValue: { head: keyValueHead, count: 1 } };
    this.#session = sessionsOfHeads(sessions, model.config, layer).valueNorms;
    this.#width = hiddenSize;
    this.isOfQuery = model.architecture.outputGate !== undefined;
    const ofHeads = additionsOfHeads(model, layer, asked);
    const partOf: PartOfAdditions = {
      ...ofHeads,
      factors: (name, factors, placed) =>
        name === 'output'
          ? columnsOfFactors(factors, numAttentionHeads, { head, count })
          : ofHeads.factors(name, factors, placed),
    };
    const nameOf = (name: string) => layerWeight(layer, name);
    this.#weights = adapterFeeds(this.#session, model.weights, gain, nameOf, partOf);
    for (const name of weightsTakenBy(this.#session)) {
      const { shape, heads } = model.weights.get(layerWeight(layer, name)) as PlacedWeight;
      const values = heads ? headRows(model, layer, name, asked[heads]) : weightRows(model, layerWeight(layer, name));
      const ofRow = shape.slice(1);
      this.#weights[VALUE_NORMS.weight(name)] =
        name === 'output'
          ? columnsOfHeads(values, hiddenSize, numAttentionHeads, { head, count })
          : float32(values, values.length / elementsOf(ofRow), ...ofRow);
    }
  }

  /** @param residual [K, C], what enters the layer at the positions from 0 on, to the query's @returns [count, K] */
  async of(residual: Float32Array): Promise<Float32Array> {
    const stream = float32(residual, residual.length / this.#width, this.#width);
    const results = await this.#session.run({ ...this.#weights, [VALUE_NORMS.residual]: stream });
    return floats(results[VALUE_NORMS.norms]);
  }
}

/** What an output matrix [rows, H·D] reads of some heads: [rows, count·D]. */
function columnsOfHeads(
  matrix: Float32Array,
  rows: number,
  heads: number,
  { head, count }: Pick<Heads, 'head' | 'count'>,
): Tensor {
  const columns = someColumns(matrix, rows, heads, { head, count });
  return float32(columns, rows, columns.length / rows);
}

/** What is added to these columns: the columns of the right factor. */
function columnsOfFactors(
  { rank, left, right }: ProductAddition,
  heads: number,
  asked: Pick<Heads, 'head' | 'count'>,
): ProductAddition {
  return { rank, left, right: someColumns(right, rank, heads, asked) };
}

function someColumns(
  matrix: Float32Array,
  rows: number,
  heads: number,
  { head, count }: Pick<Heads, 'head' | 'count'>,
): Float32Array {
  const wide = matrix.length / rows;
  const width = wide / heads;
  const columns = new Float32Array(rows * count * width);
  for (let row = 0; row < rows; row++) {
    const from = row * wide + head * width;
    columns.set(matrix.subarray(from, from + count * width), row * count * width);
  }
  return columns;
}
