import type { Tensor } from 'onnxruntime-node';
import type { CompiledModel } from '../../model/compile';
import { kindOf } from '../../model/config';
import { PROJECTION } from '../../model/graphs/ports';
import { elementsOf } from '../../model/tensors/tensor-types';
import { layerWeight, type PlacedWeight } from '../../model/weights';
import { adapterFeeds, additionsOfHeads } from '../adapter-gain';
import type { Interventions } from '../interventions/interventions';
import { anglesOf } from '../rope-angles';
import { angleFeeds } from '../run-inputs';
import { type Session, weightsTakenBy } from '../sessions';
import { float32, floats, int64 } from '../tensors';
import { headRows, weightRows } from '../weight-rows';

/** `count` heads of a layer, from `head` on, that share a key-value head. */
export interface Heads {
  layer: number;
  head: number;
  count: number;
}

/** The text whose rows are projected: queries are asked of those from `first` on. */
interface ProjectedText {
  first: number;
  textLength: number;
  interventions: Interventions;
}

/**
 * Queries and keys of some heads that share a key-value head, as attention compares them, from what enters their layer.
 *
 * @param residual [K, C], of the positions from 0 on; queries are of those from `first` on.
 * @param keys [K, D] or more, where the keys are written to.
 * @returns the queries, [K - first, count·D].
 */
export async function project(
  session: Session,
  model: CompiledModel,
  { layer, head, count }: Heads,
  residual: Float32Array,
  { first, textLength, interventions }: ProjectedText,
  keys: Float32Array,
): Promise<Float32Array> {
  const { hiddenSize, numAttentionHeads } = model.config;
  const kind = kindOf(model.config, layer);
  const { headDim, numKeyValueHeads } = kind;
  const positions = residual.length / hiddenSize;
  const keyValueHead = Math.floor(head / (numAttentionHeads / numKeyValueHeads));
  const mixes = model.architecture.mixesHeads;
  const asked = { query: { head, count }, keyValue: { head: keyValueHead, count: 1 } };
  const angles = anglesOf(kind, textLength, 0, positions);
  const feeds: Record<string, Tensor> = {
    [PROJECTION.residual]: float32(residual, positions, hiddenSize),
    [PROJECTION.first]: int64([first], 1),
    ...(angles && angleFeeds(angles, positions, PROJECTION.cosines, PROJECTION.sines)),
  };
  for (const name of weightsTakenBy(session)) {
    const { shape, heads } = model.weights.get(layerWeight(layer, name)) as PlacedWeight;
    const rows =
      heads && !mixes ? headRows(model, layer, name, asked[heads]) : weightRows(model, layerWeight(layer, name));
    const ofRow = shape.slice(1);
    feeds[PROJECTION.weight(name)] = float32(rows, rows.length / elementsOf(ofRow), ...ofRow);
  }
  const partOf = mixes ? undefined : additionsOfHeads(model, layer, asked);
  Object.assign(
    feeds,
    adapterFeeds(session, model.weights, interventions, (name) => layerWeight(layer, name), partOf),
  );
  if (mixes) {
    const results = await session.run(feeds);
    columns(floats(results[PROJECTION.keys]), numKeyValueHeads * headDim, keyValueHead * headDim, headDim, keys);
    const queries = new Float32Array((positions - first) * count * headDim);
    columns(floats(results[PROJECTION.queries]), numAttentionHeads * headDim, head * headDim, count * headDim, queries);
    return queries;
  }
  const results = await session.run(feeds, {
    [PROJECTION.keys]: float32(keys.subarray(0, positions * headDim), positions, headDim),
    [PROJECTION.queries]: float32(
      new Float32Array((positions - first) * count * headDim),
      positions - first,
      count * headDim,
    ),
  });
  return floats(results[PROJECTION.queries]);
}

/** Some columns of every row. */
function columns(from: Float32Array, wide: number, first: number, width: number, to: Float32Array): void {
  for (let row = 0; row * wide < from.length; row++) {
    to.set(from.subarray(row * wide + first, row * wide + first + width), row * width);
  }
}
