import { project } from '../../src/engine/attention/projection';
import { noInterventions } from '../../src/engine/interventions/interventions';
import { KvCache } from '../../src/engine/kv-cache';
import { causalMask } from '../../src/engine/mask';
import { decoderFeeds } from '../../src/engine/run-inputs';
import { type Sessions, sessionsOfHeads } from '../../src/engine/sessions';
import { counts, float32, floats, int64 } from '../../src/engine/tensors';
import type { CompiledModel } from '../../src/model/compile';
import { kindOf } from '../../src/model/config';
import { ATTENTION, DECODER, TRACKED_KEYS, UNEMBEDDING } from '../../src/model/graphs/ports';

/*
 * Runs the graphs of a compiled model whose layers are of one kind, through their ports (src/model/graphs/ports.ts).
 * L: layers, H: heads, T: tokens, B: positions of a block.
 */

export interface BodyResults {
  /** [L + 1][T, width] */
  residual: Float32Array[];
  /** [L·H, T, TRACKED_KEYS.length] */
  trackedWeights: Float32Array;
  /** [L·H, T] */
  entropy: Float32Array;
  /** [L·H, T/B, T/B] */
  blockMaximum: Float32Array;
  blockSum: Float32Array;
}

/** @param trackedKeys [T, TRACKED_KEYS.length], and @param runs the tokens of each run: the later ones take the earlier as their past. */
export async function runDecoder(
  { decoder }: Sessions,
  model: CompiledModel,
  ids: readonly number[],
  {
    headMask = noInterventions(model.config).headMask,
    block = 1,
    trackedKeys = new Uint32Array(ids.length * TRACKED_KEYS.length),
    runs = [ids.length],
  }: { headMask?: Float32Array; block?: number; trackedKeys?: Uint32Array; runs?: number[] } = {},
): Promise<BodyResults> {
  const { config } = model;
  const heads = config.numHiddenLayers * config.numAttentionHeads;
  const tokens = ids.length;
  const blocks = tokens / block;
  const all: BodyResults = {
    residual: Array.from({ length: config.numHiddenLayers + 1 }, () => new Float32Array(tokens * config.hiddenSize)),
    trackedWeights: new Float32Array(heads * tokens * TRACKED_KEYS.length),
    entropy: new Float32Array(heads * tokens),
    blockMaximum: new Float32Array(heads * blocks * blocks),
    blockSum: new Float32Array(heads * blocks * blocks),
  };
  const cache = new KvCache(config);
  let start = 0;
  for (const length of runs) {
    const end = start + length;
    const run = {
      ids: ids.slice(start, end),
      start,
      positions: length,
      textLength: tokens,
      block,
      interventions: { ...noInterventions(config), headMask },
      trackedKeys: trackedKeys.subarray(start * TRACKED_KEYS.length, end * TRACKED_KEYS.length),
    };
    const results = await decoder.run({ ...decoderFeeds(model, decoder, run), ...cache.feeds() });
    cache.append(run.ids, results);
    for (const [layer, residual] of all.residual.entries()) {
      residual.set(floats(results[DECODER.residual(layer)]), start * config.hiddenSize);
    }
    place(
      floats(results[DECODER.trackedWeights(0)]),
      all.trackedWeights,
      heads,
      [start, tokens],
      [TRACKED_KEYS.length, TRACKED_KEYS.length],
    );
    place(floats(results[DECODER.entropy(0)]), all.entropy, heads, [start, tokens], [1, 1]);
    place(
      floats(results[DECODER.blockMaximum(0)]),
      all.blockMaximum,
      heads,
      [start / block, blocks],
      [end / block, blocks],
    );
    place(floats(results[DECODER.blockSum(0)]), all.blockSum, heads, [start / block, blocks], [end / block, blocks]);
    start = end;
  }
  return all;
}

/** Sets values [heads, rows, columns] into [heads, all rows, all columns], at a row. */
function place(
  from: Float32Array,
  to: Float32Array,
  heads: number,
  [row, allRows]: [number, number],
  [columns, allColumns]: [number, number],
): void {
  const rows = from.length / (heads * columns);
  for (let i = 0; i < heads * rows; i++) {
    const at = (Math.floor(i / rows) * allRows + row + (i % rows)) * allColumns;
    to.set(from.subarray(i * columns, (i + 1) * columns), at);
  }
}

/** @param residual [T, width], and @param targets the token whose probability is asked for after each position. */
export async function runUnembedding(
  { unembedding }: Sessions,
  { config }: CompiledModel,
  residual: Float32Array,
  targets: readonly number[],
) {
  const positions = residual.length / config.hiddenSize;
  const results = await unembedding.run({
    [UNEMBEDDING.residual]: float32(residual, positions, config.hiddenSize),
    [UNEMBEDDING.target]: int64(targets, positions),
  });
  const logZ = floats(results[UNEMBEDDING.logZ]);
  return {
    logprobs: floats(results[UNEMBEDDING.logits]).map(
      (logit, at) => logit - (logZ[Math.floor(at / config.vocabSize)] as number),
    ),
    logprob: floats(results[UNEMBEDDING.logprob]),
    rank: counts(results[UNEMBEDDING.rank]),
    entropy: floats(results[UNEMBEDDING.entropy]),
    topLogprobs: floats(results[UNEMBEDDING.topLogprobs]),
    topIds: counts(results[UNEMBEDDING.topIds]),
  };
}

export interface LensRequest {
  layer: number;
  /** The first of `heads` heads that share a key-value head. */
  head: number;
  heads: number;
  /** Queries [from, to) over the keys before `to`. */
  from: number;
  to: number;
  blockRows?: number;
  blockColumns?: number;
}

/** @param residual [T, width], what enters the layer. */
export async function runAttentionLens(
  sessions: Sessions,
  model: CompiledModel,
  residual: Float32Array,
  { layer, head, heads, from, to, blockRows = 1, blockColumns = 1 }: LensRequest,
) {
  const { projection, attention } = sessionsOfHeads(sessions, model.config, layer);
  const { headDim } = kindOf(model.config, layer);
  const keys = new Float32Array(to * headDim);
  const entering = residual.subarray(0, to * model.config.hiddenSize);
  const interventions = noInterventions(model.config);
  const rows = { first: from, textLength: residual.length / model.config.hiddenSize, interventions };
  const queries = await project(projection, model, { layer, head, count: heads }, entering, rows, keys);
  const results = await attention.run({
    [ATTENTION.queries]: float32(queries, to - from, heads * headDim),
    [ATTENTION.keys]: float32(keys, to, headDim),
    [ATTENTION.mask]: float32(causalMask({ from, queries: to - from, keys: to }), to - from, to),
    [ATTENTION.blockRows]: int64([blockRows], 1),
    [ATTENTION.blockColumns]: int64([blockColumns], 1),
  });
  return {
    pattern: floats(results[ATTENTION.pattern]),
    blockMaximum: floats(results[ATTENTION.blockMaximum]),
    blockMean: floats(results[ATTENTION.blockMean]),
  };
}
