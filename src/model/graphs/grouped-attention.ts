import type { ModelConfig } from '../config';
import type { Graph, Value } from '../onnx/graph';
import { add, concat, linear, matmul, multiply, reshape, softmax, split, transpose } from '../onnx/operations';
import type { DecoderInputs } from './decoder-inputs';
import type { HeadStatistics } from './head-statistics';
import { DECODER } from './ports';

/**
 * Causal attention in which G query heads share a key-value head (Ainslie et al. 2023, arXiv 2305.13245), over the
 * positions of this run and the cached ones before it: queries [T, H·D] (scaled by 1/√D), keys and values [T, KV·D] →
 * [T, H·D].
 *
 * The groups are computed one after another: a group's pattern [G, T, S] then stays in the processor's cache while it is
 * read again, and the cache of each key-value head is one piece of memory that a run extends without copying it.
 */
export function groupedAttention(
  g: Graph,
  config: ModelConfig,
  inputs: DecoderInputs,
  statistics: HeadStatistics,
  layer: number,
  all: { queries: Value; keys: Value; values: Value },
): Value {
  const { numKeyValueHeads, headDim } = config;
  const groupSize = config.numAttentionHeads / numKeyValueHeads;
  const keys = split(g, all.keys, 1, numKeyValueHeads);
  const values = split(g, all.values, 1, numKeyValueHeads);

  const outputs = splitQueries(g, config, all.queries).map((query, head) => {
    const key = extend(g, DECODER.pastKey(layer, head), DECODER.key(layer, head), keys[head] as Value, headDim);
    const value = extend(g, DECODER.pastValue(layer, head), DECODER.value(layer, head), values[head] as Value, headDim);
    const products = g.shaped(reshape(g, linear(g, query, key), inputs.patternShape), [groupSize, 'T', 'S']);
    const scores = add(g, products, inputs.mask);
    const pattern = softmax(g, scores);
    return statistics.observe(scores, pattern, matmul(g, pattern, value));
  });

  const headMask = reshape(g, g.node('Gather', [inputs.headMask, g.constant('int64', [layer])]), [-1, 1, 1]);
  const masked = multiply(g, concat(g, outputs, 0), headMask);
  return g.shaped(reshape(g, transpose(g, masked, [1, 0, 2]), [-1, config.numAttentionHeads * headDim]), [
    'T',
    config.numAttentionHeads * headDim,
  ]);
}

/** [T, H·D] → [G·T, D] for every group. */
function splitQueries(
  g: Graph,
  { numAttentionHeads, numKeyValueHeads, headDim }: ModelConfig,
  queries: Value,
): Value[] {
  const byHead = transpose(g, reshape(g, queries, [-1, numAttentionHeads, headDim]), [1, 0, 2]);
  const groups = split(g, reshape(g, byHead, [-1, headDim]), 0, numKeyValueHeads);
  return groups.map((group) => g.shaped(group, ['GT', headDim]));
}

/** A head's rows of this run [T, D], named as an output, after those of the positions before: [S, D]. */
function extend(g: Graph, pastName: string, name: string, now: Value, headWidth: number): Value {
  g.output(name, now, 'float32', ['T', headWidth]);
  const past = g.input(pastName, 'float32', ['P', headWidth]);
  return g.shaped(concat(g, [past, now], 0), ['S', headWidth]);
}
