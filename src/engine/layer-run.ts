import type { Tensor } from 'onnxruntime-node';
import { LAYER_PARTS, type LayerPart } from '../model/architectures/architecture';
import { hasAttention, type LayerKind, type ModelConfig } from '../model/config';
import { LAYER } from '../model/graphs/ports';
import type { Interventions } from './interventions/interventions';
import { causalMask, hideKeys } from './mask';
import { type Angles, anglesOf } from './rope-angles';
import { changeFeeds, type RowChange } from './row-changes';
import { angleFeeds } from './run-inputs';
import { float32, int64 } from './tensors';

/** Positions, the last not among them. */
export interface Rows {
  from: number;
  to: number;
}

/** B sequences that go through a layer together, each over the same positions, and none of which sees another. */
export interface LayerRun {
  /** [B, R, C]: what enters the layer, from the position `start` on, 0 by default. */
  streams: Float32Array;
  /** [B, H] */
  headMask: Float32Array;
  /** What all sequences are run under beside: none by default. Of its head mask each sequence has its own. */
  interventions?: Interventions | undefined;
  start?: number;
  /** Of the positions before, the same for all sequences. */
  past?: KeysAndValues | undefined;
  /** Of each sequence, the keys that later queries may not look at. */
  hidden?: readonly (Rows | undefined)[];
  changes?: readonly LayerChange[];
  /** The positions whose results are asked for: all of the run by default. */
  asked?: Rows;
}

/** Keys and values of a sequence from position 0 on: [KV, positions, D] each. */
export interface KeysAndValues {
  keys: Float32Array;
  values: Float32Array;
}

/** Other values in place of what a part adds to the stream, [C], or of what the output matrix reads of the heads, [H·D]. */
export interface LayerChange {
  place: LayerPart | 'heads';
  sequence: number;
  position: number;
  values: Float32Array;
}

/** A run of a layer, or the part of it over some positions. */
export interface RunPart {
  run: LayerRun;
  sequences: number;
  from: number;
  to: number;
  asked: Rows;
}

/** What a layer is fed for a part of a run, but its weights and what it takes from the part before. */
export function runFeeds(
  config: ModelConfig,
  kind: LayerKind,
  textLength: number,
  part: RunPart,
): Record<string, Tensor> {
  const { hiddenSize, numAttentionHeads } = config;
  const { run, sequences, from, to, asked } = part;
  const start = run.start ?? 0;
  const positions = to - from;
  const first = (from - start) * hiddenSize;
  const streams = run.streams.subarray(first, first + sequences * positions * hiddenSize);
  const rows = Array.from({ length: sequences }, (_, sequence) =>
    Array.from({ length: asked.to - asked.from }, (_, i) => sequence * positions + asked.from - from + i),
  ).flat();
  const { parts, heads } = rowChangesOf(part);
  return {
    [LAYER.residual]: float32(streams, sequences * positions, hiddenSize),
    [LAYER.rows]: int64(rows, rows.length),
    ...changeFeeds(parts, LAYER_PARTS.length, hiddenSize),
    ...(hasAttention(kind) && {
      ...anglesFeeds(anglesOf(kind, textLength, from, positions), sequences, positions),
      ...headFeeds(heads, numAttentionHeads * kind.headDim),
      [LAYER.mask]: maskOf(kind, part),
      [LAYER.headMask]: float32(run.headMask, sequences, numAttentionHeads),
    }),
  };
}

/** The changes of a part of a run, by the rows that are asked for. */
function rowChangesOf({ run: { changes = [] }, asked }: RunPart): { parts: RowChange[]; heads: RowChange[] } {
  const count = asked.to - asked.from;
  const parts: RowChange[] = [];
  const heads: RowChange[] = [];
  for (const { place, sequence, position, values } of changes) {
    if (position < asked.from || position >= asked.to) continue;
    const row = sequence * count + position - asked.from;
    if (place === 'heads') heads.push({ site: 0, row, values });
    else parts.push({ site: LAYER_PARTS.indexOf(place), row, values });
  }
  return { parts, heads };
}

function headFeeds(changes: readonly RowChange[], width: number): Record<string, Tensor> {
  const values = new Float32Array(changes.length * width);
  for (const [i, change] of changes.entries()) values.set(change.values, i * width);
  const rows = changes.map(({ row }) => row);
  return { [LAYER.headRows]: int64(rows, rows.length, 1), [LAYER.headValues]: float32(values, rows.length, width) };
}

/** One mask for all sequences, or one for each where keys of any are hidden. */
function maskOf({ slidingWindow }: LayerKind, { run, sequences, from, to }: RunPart): Tensor {
  const { hidden = [], interventions } = run;
  const shape = { from, queries: to - from, keys: to, slidingWindow };
  const mask = hideKeys(causalMask(shape), shape, interventions?.hidden ?? []);
  if (!hidden.some((rows) => rows !== undefined)) return float32(mask, 1, 1, to - from, to);
  const masks = new Float32Array(sequences * mask.length);
  for (let sequence = 0; sequence < sequences; sequence++) {
    const own = masks.subarray(sequence * mask.length, (sequence + 1) * mask.length);
    own.set(mask);
    const rows = hidden[sequence];
    if (rows) hideKeys(own, shape, positionsOf(rows));
  }
  return float32(masks, sequences, 1, to - from, to);
}

const positionsOf = ({ from, to }: Rows) => Array.from({ length: to - from }, (_, i) => from + i);

/** The same angles for every sequence, one after another. */
function anglesFeeds(angles: Angles | undefined, sequences: number, positions: number): Record<string, Tensor> {
  if (!angles) return {};
  const repeated = (values: Float32Array) => {
    const all = new Float32Array(sequences * values.length);
    for (let at = 0; at < all.length; at += values.length) all.set(values, at);
    return all;
  };
  const all = { cosines: repeated(angles.cosines), sines: repeated(angles.sines) };
  return angleFeeds(all, sequences * positions, LAYER.cosines, LAYER.sines);
}
