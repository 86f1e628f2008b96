import type { CompiledModel } from '../model/compile';
import { DECODER, MAX_BLOCK, TOP_K, TRACKED_KEYS } from '../model/graphs/ports';
import { sentence, VitrineError } from '../shared/errors';
import { unembeddingUnder } from './adapter-gain';
import type { Chunk } from './chunk';
import { expertChoices, expertOutputs } from './expert-choices';
import { headOutputs, headResults } from './head-results';
import type { Interventions } from './interventions/interventions';
import { isChanged } from './interventions/interventions';
import type { KvCache } from './kv-cache';
import { decoderFeeds } from './run-inputs';
import type { Sessions } from './sessions';
import { floats } from './tensors';
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

/** Of what nobody waits for: whoever wants the model meanwhile waits for one such run. Shorter ones take much longer in all. */
const BACKGROUND_CHUNK = 64;

/** Positions of a thumbnail's block for a text of so many tokens. */
export function blockFor(tokens: number): number {
  let block = 1;
  while (block < MAX_BLOCK && block * THUMBNAIL_ROWS < tokens) block *= 2;
  return block;
}

export function chunkSizeAt({ provider }: Sessions, position: number, isWaitedFor: boolean): number {
  if (provider !== 'cpu') return GPU_CHUNK;
  if (!isWaitedFor) return BACKGROUND_CHUNK;
  return position < LARGE_CHUNKS_END ? LARGE_CHUNK : SMALL_CHUNK;
}

/**
 * Runs positions [start, start + length) of a trace; the cache holds all before and gets these.
 * Where `length` is no multiple of the block, the run is filled up with positions that stand for no token.
 */
export async function runChunk(
  sessions: Sessions,
  model: CompiledModel,
  cache: KvCache,
  trace: Trace,
  start: number,
  length: number,
): Promise<Chunk> {
  const { decoder } = sessions;
  const { config } = model;
  const { block, interventions } = trace;
  const padded = Math.ceil(length / block) * block;
  const ids = trace.ids.subarray(start, start + length);
  const trackedKeys = trackedKeysOf(trace, start, padded);
  const run = { ids, start, positions: padded, textLength: trace.ids.length, block, interventions, trackedKeys };
  const last = config.numHiddenLayers;
  const layers = trace.droppedBytes > 0 ? [last] : Array.from({ length: last + 1 }, (_, layer) => layer);
  const results = await decoder.run({ ...decoderFeeds(model, decoder, run), ...cache.feeds() }, [
    ...layers.map(DECODER.residual),
    ...cache.outputs(),
    ...headOutputs(config),
    ...expertOutputs(config),
  ]);
  cache.append(ids, results);

  const streamAt = (layer: number) => {
    const rows = floats(results[DECODER.residual(layer)]);
    return padded === length ? rows : rows.slice(0, length * config.hiddenSize);
  };
  const residual = new Map(layers.map((layer) => [layer, streamAt(layer)]));
  const targets = trace.ids.subarray(start + 1, start + length + 1);
  const unembedding = unembeddingUnder(sessions, model, interventions);
  const predictions = await unembed(unembedding, config, residual.get(last) as Float32Array, targets);
  refuseNoNumbers(predictions.entropy, isChanged(trace.interventions));
  return {
    start,
    length,
    residual,
    ...predictions,
    topK: Math.min(TOP_K, config.vocabSize),
    ...headResults(config, results, { start, padded, length, block, trackedKeys }),
    experts: expertChoices(config, results, length),
  };
}

/** Weights that are finite can still be so large that their sums are not. */
function refuseNoNumbers(entropy: Float32Array, isChanged: boolean): void {
  if (entropy.every(Number.isFinite)) return;
  if (isChanged) {
    throw new VitrineError(
      'request.range',
      sentence`The model computes no numbers with what is changed in it: a gain or a direction is too large. Take a smaller one.`,
    );
  }
  throw new VitrineError(
    'model.noNumbers',
    sentence`The model computes no numbers for this text: its weights are damaged, or made for another kind of forward pass. Choose another model.`,
  );
}

/** One more position at the end of the cache, for continuing a text: its residual stream after the last layer, [C]. */
export async function runNext(
  { decoder }: Sessions,
  model: CompiledModel,
  cache: KvCache,
  id: number,
  interventions: Interventions,
): Promise<Float32Array> {
  const start = cache.ids.length;
  const last = DECODER.residual(model.config.numHiddenLayers);
  const trackedKeys = new Uint32Array(TRACKED_KEYS.length);
  const run = { ids: [id], start, positions: 1, textLength: start + 1, block: 1, interventions, trackedKeys };
  const feeds = { ...decoderFeeds(model, decoder, run), ...cache.feeds() };
  const results = await decoder.run(feeds, [last, ...cache.outputs()]);
  cache.append([id], results);
  return floats(results[last]);
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
