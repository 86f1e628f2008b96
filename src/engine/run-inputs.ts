import type { Tensor } from 'onnxruntime-node';
import type { CompiledModel } from '../model/compile';
import { hasAttention } from '../model/config';
import { DECODER, sitesOf, TRACKED_KEYS } from '../model/graphs/ports';
import { adapterFeeds, rowsUnder } from './adapter-gain';
import { patchedRows } from './interventions/changes';
import type { Interventions } from './interventions/interventions';
import { causalMask, firstKeyFor, hideKeys, maskPadding } from './mask';
import { type Angles, anglesOf } from './rope-angles';
import { changeFeeds } from './row-changes';
import type { Session } from './sessions';
import { float32, int64 } from './tensors';

/** A run of the decoder over tokens from a position on. */
export interface DecoderRun {
  ids: ArrayLike<number>;
  start: number;
  /** Positions of the run, of which those after the ids stand for no token. */
  positions: number;
  /** Tokens of the text that these belong to. */
  textLength: number;
  block: number;
  interventions: Interventions;
  /** [positions, TRACKED_KEYS.length] */
  trackedKeys: Uint32Array;
}

/** What a run feeds the decoder beside keys and values. */
export function decoderFeeds(
  model: CompiledModel,
  decoder: Pick<Session, 'inputs'>,
  { ids, start, positions, textLength, block, interventions, trackedKeys }: DecoderRun,
): Record<string, Tensor> {
  const { hiddenSize, numHiddenLayers, numAttentionHeads, layerKinds } = model.config;
  const rows = new Float32Array(positions * hiddenSize);
  rows.set(rowsUnder(model, 'embedding', ids, interventions));
  const feeds: Record<string, Tensor> = {
    [DECODER.embeddings]: float32(rows, positions, hiddenSize),
    [DECODER.block]: int64([block], 1),
    [DECODER.headMask]: float32(interventions.headMask, numHiddenLayers, numAttentionHeads),
    [DECODER.steering]: steeringOf(interventions, numHiddenLayers, hiddenSize),
    ...adapterFeeds(decoder, model.weights, interventions),
    ...changeFeeds(
      patchedRows(interventions, { from: start, to: start + ids.length }),
      sitesOf(numHiddenLayers),
      hiddenSize,
    ),
  };
  const { inputs } = decoder;
  if (inputs.includes(DECODER.positions)) {
    // A model knows no position after its last: where those stand for no token, any will do.
    const last = model.config.contextLength - 1;
    const all = Uint32Array.from({ length: positions }, (_, i) => Math.min(start + i, last));
    feeds[DECODER.positions] = int64(all, positions);
  }
  if (inputs.includes(DECODER.tokens)) feeds[DECODER.tokens] = int64([ids.length], 1);
  for (const [number, kind] of layerKinds.entries()) {
    if (!hasAttention(kind)) continue;
    const firstKey = firstKeyFor(kind, start);
    const keys = start + positions - firstKey;
    const shape = { from: start, queries: positions, keys, firstKey, slidingWindow: kind.slidingWindow };
    const mask = hideKeys(causalMask(shape), shape, interventions.hidden);
    maskPadding(mask, ids.length, keys);
    feeds[DECODER.mask(number)] = float32(mask, positions, keys);
    const tracked = trackedKeys.map((key) => Math.max(0, key - firstKey));
    feeds[DECODER.trackedKeys(number)] = int64(tracked, 1, positions, TRACKED_KEYS.length);
    const angles = anglesOf(kind, textLength, start, positions);
    if (angles) {
      Object.assign(feeds, angleFeeds(angles, positions, DECODER.cosines(number), DECODER.sines(number)));
    }
  }
  return feeds;
}

/** A model may be wide: where nothing is added, one 0 stands for each row. */
function steeringOf({ steering }: Interventions, layers: number, width: number): Tensor {
  return steering ? float32(steering, layers, width) : float32(new Float32Array(layers), layers, 1);
}

export function angleFeeds(
  { cosines, sines }: Angles,
  positions: number,
  cosinesName: string,
  sinesName: string,
): Record<string, Tensor> {
  const pairs = cosines.length / positions;
  return { [cosinesName]: float32(cosines, positions, pairs), [sinesName]: float32(sines, positions, pairs) };
}
