import type { Tensor } from 'onnxruntime-node';
import type { CompiledModel } from '../../model/compile';
import { kindOf } from '../../model/config';
import { PROJECTION } from '../../model/graphs/ports';
import { layerWeight } from '../../model/weights';
import { anglesOf } from '../rope-angles';
import { angleFeeds } from '../run-inputs';
import type { Session } from '../sessions';
import { float32, floats, int64 } from '../tensors';
import { headRows, weightRows } from '../weight-rows';

/** `count` heads of a layer, from `head` on, that share a key-value head. */
export interface Heads {
  layer: number;
  head: number;
  count: number;
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
  { first, textLength }: { first: number; textLength: number },
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
  for (const [name, { shape, heads }] of weightsOf(session, model, layer)) {
    const rows =
      heads && !mixes ? headRows(model, name, asked[heads].head, asked[heads].count) : weightRows(model, name);
    const width = shape.length > 1 ? (shape.at(-1) as number) : 1;
    feeds[PROJECTION.weight(name.slice(layerWeight(layer, '').length))] = float32(
      rows,
      ...(shape.length > 1 ? [rows.length / width, width] : [rows.length]),
    );
  }
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

/** The weights of a layer that a projection takes. */
function weightsOf({ inputs }: Session, { weights }: CompiledModel, layer: number) {
  const prefix = layerWeight(layer, '');
  return [...weights].filter(
    ([name]) => name.startsWith(prefix) && inputs.includes(PROJECTION.weight(name.slice(prefix.length))),
  );
}

/** Some columns of every row. */
function columns(from: Float32Array, wide: number, first: number, width: number, to: Float32Array): void {
  for (let row = 0; row * wide < from.length; row++) {
    to.set(from.subarray(row * wide + first, row * wide + first + width), row * width);
  }
}
