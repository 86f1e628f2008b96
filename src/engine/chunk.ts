import type { ModelConfig } from '../model/config';
import { TRACKED_KEYS } from '../model/graphs/ports';
import { choicesOf, type ExpertChoices } from './expert-choices';
import type { Distributions } from './unembed';

/**
 * A part of a trace that one run gave; it never changes, so traces that begin alike share it. Its distributions are those
 * after each of its T positions; the last position of a text has no target, and its logprob and rank mean nothing.
 */
export interface Chunk extends Distributions {
  /** Position of its first token. */
  start: number;
  /** Its tokens, T below. */
  length: number;
  /** The residual stream that enters each layer, and under the number L that which leaves the model: [T, C] each. */
  residual: ReadonlyMap<number, Float32Array>;
  topK: number;
  /** [L·H, T, TRACKED_KEYS.length] and [L·H, T] (bits). */
  trackedWeights: Float32Array;
  headEntropy: Float32Array;
  /** [L·H, T]: what all keys together have of a query's weight, where a layer of the model has sinks, which have the rest. */
  headTotals: Float32Array | undefined;
  blocks: Blocks;
  /** Of every layer that has experts. */
  experts: ExpertChoices[];
}

/** Attention weights in blocks of `size` queries by `size` keys: [L·H, rows, columns]. */
export interface Blocks {
  size: number;
  rows: number;
  columns: number;
  maximum: Float32Array;
  sum: Float32Array;
}

/**
 * The first `length` tokens of a chunk; `length` is a multiple of its block. In memory of their own: else a text that was
 * edited often would hold all of every chunk that an edit has cut.
 */
export function firstPart(
  chunk: Chunk,
  length: number,
  { numHiddenLayers, numAttentionHeads, hiddenSize }: ModelConfig,
): Chunk {
  if (length === chunk.length) return chunk;
  const perHead = (values: Float32Array, size: number) =>
    cutEach(values, numHiddenLayers * numAttentionHeads, chunk.length * size, length * size);
  const rows = length / chunk.blocks.size;
  const blockRows = (values: Float32Array) =>
    cutEach(
      values,
      numHiddenLayers * numAttentionHeads,
      chunk.blocks.rows * chunk.blocks.columns,
      rows * chunk.blocks.columns,
    );
  return {
    ...chunk,
    length,
    residual: new Map(Array.from(chunk.residual, ([layer, rows]) => [layer, rows.slice(0, length * hiddenSize)])),
    logprob: chunk.logprob.slice(0, length),
    rank: chunk.rank.slice(0, length),
    logZ: chunk.logZ.slice(0, length),
    entropy: chunk.entropy.slice(0, length),
    topIds: chunk.topIds.slice(0, length * chunk.topK),
    topLogprobs: chunk.topLogprobs.slice(0, length * chunk.topK),
    trackedWeights: perHead(chunk.trackedWeights, TRACKED_KEYS.length),
    headEntropy: perHead(chunk.headEntropy, 1),
    headTotals: chunk.headTotals && perHead(chunk.headTotals, 1),
    blocks: { ...chunk.blocks, rows, maximum: blockRows(chunk.blocks.maximum), sum: blockRows(chunk.blocks.sum) },
    experts: chunk.experts.map((choices) => choicesOf(choices, 0, length)),
  };
}

/** The first `to` of every `from` elements. */
function cutEach(values: Float32Array, parts: number, from: number, to: number): Float32Array {
  const cut = new Float32Array(parts * to);
  for (let part = 0; part < parts; part++) cut.set(values.subarray(part * from, part * from + to), part * to);
  return cut;
}

/** Every array of a chunk. */
export function arraysOf(chunk: Chunk): (Float32Array | Uint32Array)[] {
  const {
    residual,
    logprob,
    rank,
    logZ,
    entropy,
    topIds,
    topLogprobs,
    trackedWeights,
    headEntropy,
    headTotals,
    blocks,
    experts,
  } = chunk;
  return [
    ...residual.values(),
    logprob,
    rank,
    logZ,
    entropy,
    topIds,
    topLogprobs,
    trackedWeights,
    headEntropy,
    ...(headTotals ? [headTotals] : []),
    blocks.maximum,
    blocks.sum,
    ...experts.flatMap((choices) => [choices.experts, choices.weights]),
  ];
}
