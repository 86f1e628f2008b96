import type { ModelConfig } from '../model/config';
import { DECODER, MAX_BLOCK, TOP_K, TRACKED_KEYS } from '../model/graphs/ports';
import { sentence, VitrineError } from '../shared/errors';
import type { Chunk } from './chunk';
import type { KvCache } from './kv-cache';
import { causalMask, maskPadding } from './mask';
import type { Sessions } from './sessions';
import { float32, floats, int64, positionsFrom } from './tensors';
import { NO_KEY, type Trace } from './trace';
import { unembed } from './unembed';

/** A thumbnail has at most so many rows and columns until its blocks are as large as they get. */
const THUMBNAIL_ROWS = 32;

/**
 * Positions of one run. The more there are, the faster are products with the weights; a smaller chunk keeps a group's
 * attention pattern, which grows with the text, in the processor's cache, where its statistics read it again.
 */
const LARGE_CHUNK = 256;
const SMALL_CHUNK = 128;
const LARGE_CHUNKS_END = 512;
/** A GPU has no such cache, and every run costs it a journey there and back. */
const GPU_CHUNK = 256;

/** Positions of a thumbnail's block for a text of so many tokens. */
export function blockFor(tokens: number): number {
  let block = 1;
  while (block < MAX_BLOCK && block * THUMBNAIL_ROWS < tokens) block *= 2;
  return block;
}

export function chunkSizeAt({ provider }: Sessions, position: number): number {
  if (provider !== 'cpu') return GPU_CHUNK;
  return position < LARGE_CHUNKS_END ? LARGE_CHUNK : SMALL_CHUNK;
}

/** What a run asks of the decoder beside keys and values. */
const HEAD_OUTPUTS = [DECODER.trackedWeights, DECODER.entropy, DECODER.blockMaximum, DECODER.blockSum];

/**
 * Runs positions [start, start + length) of a trace; the cache holds all before and gets these.
 * Where `length` is no multiple of the block, the run is filled up with positions that stand for no token.
 */
export async function runChunk(
  { decoder, unembedding }: Sessions,
  config: ModelConfig,
  cache: KvCache,
  trace: Trace,
  start: number,
  length: number,
): Promise<Chunk> {
  const block = trace.block;
  const padded = Math.ceil(length / block) * block;
  const residuals = Array.from({ length: config.numHiddenLayers + 1 }, (_, layer) => DECODER.residual(layer));
  const results = await decoder.run({ ...chunkFeeds(config, trace, start, length, padded), ...cache.feeds() }, [
    ...residuals,
    ...cache.outputs(),
    ...HEAD_OUTPUTS,
  ]);
  const ids = trace.ids.subarray(start, start + length);
  cache.append(ids, results);

  const residual = residuals.map((name) => withoutPadding(floats(results[name]), padded, length, config.hiddenSize));
  const targets = trace.ids.subarray(start + 1, start + length + 1);
  const last = residual[config.numHiddenLayers] as Float32Array;
  const predictions = await unembed(unembedding, config, last, targets);
  refuseNoNumbers(predictions.entropy);
  const keys = start + padded;
  return {
    start,
    length,
    residual,
    ...predictions,
    topK: Math.min(TOP_K, config.vocabSize),
    trackedWeights: withoutPadding(floats(results[DECODER.trackedWeights]), padded, length, TRACKED_KEYS.length),
    headEntropy: withoutPadding(floats(results[DECODER.entropy]), padded, length, 1),
    blocks: {
      size: block,
      rows: padded / block,
      columns: keys / block,
      maximum: floats(results[DECODER.blockMaximum]),
      sum: withoutPaddingSums(floats(results[DECODER.blockSum]), padded / block, keys / block, padded - length),
    },
  };
}

/** Weights that are finite can still be so large that their sums are not. */
function refuseNoNumbers(entropy: Float32Array): void {
  if (entropy.every(Number.isFinite)) return;
  throw new VitrineError(
    'model.noNumbers',
    sentence`The model computes no numbers for this text: its weights are damaged, or made for another kind of forward pass. Choose another model.`,
  );
}

/** One more position at the end of the cache, for continuing a text: its residual stream after the last layer, [C]. */
export async function runNext(
  { decoder }: Sessions,
  config: ModelConfig,
  cache: KvCache,
  id: number,
  headMask: Float32Array,
): Promise<Float32Array> {
  const position = cache.ids.length;
  const last = DECODER.residual(config.numHiddenLayers);
  const feeds = {
    [DECODER.ids]: int64([id], 1),
    [DECODER.positions]: positionsFrom(position, 1),
    [DECODER.mask]: float32(causalMask(position, 1, position + 1), 1, position + 1),
    [DECODER.trackedKeys]: int64(new Uint32Array(TRACKED_KEYS.length), 1, 1, TRACKED_KEYS.length),
    [DECODER.block]: int64([1], 1),
    [DECODER.headMask]: float32(headMask, config.numHiddenLayers, config.numAttentionHeads),
    ...cache.feeds(),
  };
  const results = await decoder.run(feeds, [last, ...cache.outputs()]);
  cache.append([id], results);
  return floats(results[last]);
}

function chunkFeeds(config: ModelConfig, trace: Trace, start: number, length: number, padded: number) {
  const ids = new Uint32Array(padded);
  ids.set(trace.ids.subarray(start, start + length));
  const keys = start + padded;
  const mask = causalMask(start, padded, keys);
  maskPadding(mask, length, keys);
  return {
    [DECODER.ids]: int64(ids, padded),
    [DECODER.positions]: positionsFrom(start, padded),
    [DECODER.mask]: float32(mask, padded, keys),
    [DECODER.trackedKeys]: int64(trackedKeysOf(trace, start, padded), 1, padded, TRACKED_KEYS.length),
    [DECODER.block]: int64([trace.block], 1),
    [DECODER.headMask]: float32(trace.headMask, config.numHiddenLayers, config.numAttentionHeads),
  };
}

/** [T, TRACKED_KEYS.length]: previous, first, self, induction. Where there is no such key, key 0 stands in and is not read. */
function trackedKeysOf({ inductionKeys }: Trace, start: number, count: number): Uint32Array {
  const trackedKeys = new Uint32Array(count * TRACKED_KEYS.length);
  for (let i = 0; i < count; i++) {
    const query = start + i;
    const induction = inductionKeys[query] ?? NO_KEY;
    trackedKeys.set([Math.max(0, query - 1), 0, query, Math.max(0, induction)], i * TRACKED_KEYS.length);
  }
  return trackedKeys;
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

/** Padding looks at key 0 alone (`maskPadding`), so it adds exactly its number to the last row's first block. */
function withoutPaddingSums(sums: Float32Array, rows: number, columns: number, padding: number): Float32Array {
  if (padding === 0) return sums;
  for (let at = (rows - 1) * columns; at < sums.length; at += rows * columns) {
    sums[at] = Math.max(0, (sums[at] as number) - padding);
  }
  return sums;
}
