import type { Tensor } from 'onnxruntime-node';
import { hasAttention, type LayerKind, layersOfKind, type ModelConfig } from '../model/config';
import { DECODER, TRACKED_KEYS } from '../model/graphs/ports';
import type { Blocks } from './chunk';
import { firstKeyFor } from './mask';
import { floats } from './tensors';

/** What the decoder gives of every head: the outputs that a run asks for. */
export function headOutputs({ layerKinds }: ModelConfig): string[] {
  return layerKinds.flatMap((kind, number) => {
    if (!hasAttention(kind)) return [];
    return [
      DECODER.trackedWeights(number),
      DECODER.entropy(number),
      DECODER.blockMaximum(number),
      DECODER.blockSum(number),
      ...(kind.hasSinks ? [DECODER.total(number)] : []),
    ];
  });
}

/** A run of `padded` positions from `start` on, of which `length` stand for tokens. */
interface Run {
  start: number;
  padded: number;
  length: number;
  block: number;
  /** [padded, TRACKED_KEYS.length] */
  trackedKeys: Uint32Array;
}

/** Statistics of the heads of all layers: [L·H, ..]. */
export interface HeadResults {
  trackedWeights: Float32Array;
  headEntropy: Float32Array;
  /** [L·H, T]; undefined where no layer has sinks. */
  headTotals: Float32Array | undefined;
  blocks: Blocks;
}

/**
 * Joins what each kind of layers gave: keys that a sliding window does not reach have no weight, nor has any in a layer
 * without attention, whose statistics are NaN.
 */
export function headResults(config: ModelConfig, results: Record<string, Tensor>, run: Run): HeadResults {
  const { start, padded, block } = run;
  const columns = (start + padded) / block;
  const rows = padded / block;
  const ofKind = config.layerKinds.map((kind, number) =>
    hasAttention(kind) ? kindResults(results, kind, number, run) : undefined,
  );
  const join = (of: (one: HeadResults) => Float32Array, absent = 0) =>
    joinKinds(
      config,
      ofKind.map((one) => one && of(one)),
      absent,
    );
  return {
    trackedWeights: join(({ trackedWeights }) => trackedWeights, Number.NaN),
    headEntropy: join(({ headEntropy }) => headEntropy, Number.NaN),
    headTotals: config.layerKinds.some(({ hasSinks }) => hasSinks)
      ? join(({ headTotals, headEntropy }) => headTotals ?? new Float32Array(headEntropy.length).fill(1), Number.NaN)
      : undefined,
    blocks: {
      size: block,
      rows,
      columns,
      maximum: join(({ blocks }) => widened(blocks.maximum, blocks.columns, columns)),
      sum: join(({ blocks }) => widened(blocks.sum, blocks.columns, columns)),
    },
  };
}

function kindResults(results: Record<string, Tensor>, kind: LayerKind, number: number, run: Run): HeadResults {
  const { start, padded, length, block } = run;
  const firstKey = firstKeyFor(kind, start);
  const rows = padded / block;
  const columns = (start + padded - firstKey) / block;
  const weights = floats(results[DECODER.trackedWeights(number)]);
  if (firstKey > 0) forgetUnseen(weights, run.trackedKeys, firstKey);
  const totals = kind.hasSinks ? floats(results[DECODER.total(number)]) : undefined;
  const sum = floats(results[DECODER.blockSum(number)]);
  takePaddingAway(sum, { rows, columns, padded, length }, totals);
  return {
    trackedWeights: withoutPadding(weights, padded, length, TRACKED_KEYS.length),
    headEntropy: withoutPadding(floats(results[DECODER.entropy(number)]), padded, length, 1),
    headTotals: totals && withoutPadding(totals, padded, length, 1),
    blocks: { size: block, rows, columns, maximum: floats(results[DECODER.blockMaximum(number)]), sum },
  };
}

/** In place of keys before the first one another was asked for. @param weights [L·H, T, TRACKED_KEYS.length] */
function forgetUnseen(weights: Float32Array, trackedKeys: Uint32Array, firstKey: number): void {
  for (let at = 0; at < weights.length; at++) {
    if ((trackedKeys[at % trackedKeys.length] as number) < firstKey) weights[at] = 0;
  }
}

/** Keeps the first `length` of every `padded` rows. */
function withoutPadding(values: Float32Array, padded: number, length: number, width: number): Float32Array {
  if (padded === length) return values;
  const heads = values.length / (padded * width);
  const kept = new Float32Array(heads * length * width);
  for (let head = 0; head < heads; head++) {
    const from = head * padded * width;
    kept.set(values.subarray(from, from + length * width), head * length * width);
  }
  return kept;
}

/**
 * Padding looks at the first key alone (`maskPadding`), so it adds its weight there, 1 or what a sink leaves of it, to the
 * last row's first block. @param totals [L·H, T]
 */
function takePaddingAway(
  sums: Float32Array,
  { rows, columns, padded, length }: { rows: number; columns: number; padded: number; length: number },
  totals: Float32Array | undefined,
): void {
  if (padded === length) return;
  for (let head = 0; head * rows * columns < sums.length; head++) {
    const ofPadding = totals?.subarray(head * padded + length, (head + 1) * padded).reduce((sum, one) => sum + one, 0);
    const at = (head * rows + rows - 1) * columns;
    sums[at] = Math.max(0, (sums[at] as number) - (ofPadding ?? padded - length));
  }
}

/** Rows of the last `width` of `wide` columns, filled up with zeros before them. */
function widened(values: Float32Array, width: number, wide: number): Float32Array {
  if (width === wide) return values;
  const all = new Float32Array((values.length / width) * wide);
  for (let from = 0, to = wide - width; from < values.length; from += width, to += wide) {
    all.set(values.subarray(from, from + width), to);
  }
  return all;
}

/** Values of each kind's layers, [its L, ..], in the order of all layers. @param absent stands for those of a kind that has none */
function joinKinds(config: ModelConfig, ofKind: (Float32Array | undefined)[], absent: number): Float32Array {
  const first = ofKind.findIndex((values) => values !== undefined);
  const one = ofKind[first] as Float32Array;
  if (ofKind.length === 1) return one;
  const perLayer = one.length / layersOfKind(config, first).length;
  const all = new Float32Array(perLayer * config.numHiddenLayers).fill(absent);
  for (const [kind, values] of ofKind.entries()) {
    if (!values) continue;
    for (const [i, layer] of layersOfKind(config, kind).entries()) {
      all.set(values.subarray(i * perLayer, (i + 1) * perLayer), layer * perLayer);
    }
  }
  return all;
}
