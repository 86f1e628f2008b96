import type { AttentionInputs, LayerContext } from '../architectures/architecture';
import type { Graph, Value } from '../onnx/graph';
import { add, concat, matmul, multiply, reshape, split, transpose } from '../onnx/operations';
import { attentionPattern, attentionScores, sinksOfHeads } from './attention-scores';
import type { KindInputs } from './decoder-inputs';
import type { HeadStatistics } from './head-statistics';
import { DECODER } from './ports';

/**
 * Causal attention in which G query heads share a key-value head (Ainslie et al. 2023, arXiv 2305.13245), over the
 * positions of this run and the cached ones before it: queries [T, H·D], keys and values [T, KV·D] → [T, H·D].
 *
 * The groups are computed one after another: a group's pattern [G, T, S] then stays in the processor's cache while it is
 * read again, and the cache of each key-value head is one piece of memory that a run extends without copying it.
 */
export function groupedAttention(
  c: LayerContext,
  inputs: KindInputs,
  statistics: HeadStatistics,
  layer: number,
  all: AttentionInputs,
): Value {
  const { g, kind } = c;
  const { numKeyValueHeads, headDim } = kind;
  const { numAttentionHeads } = c.config;
  const groupSize = numAttentionHeads / numKeyValueHeads;
  const keys = split(g, all.keys, 1, numKeyValueHeads);
  const values = split(g, all.values, 1, numKeyValueHeads);
  const sinks = sinksOfHeads(c, numKeyValueHeads);

  const outputs = splitQueries(c, all.queries).map((query, head) => {
    const key = extend(g, DECODER.pastKey(layer, head), DECODER.key(layer, head), keys[head] as Value, headDim);
    const value = extend(g, DECODER.pastValue(layer, head), DECODER.value(layer, head), values[head] as Value, headDim);
    const products = attentionScores(g, kind, query, key, inputs.patternShape);
    const scores = add(g, g.shaped(products, [groupSize, 'T', inputs.keys]), inputs.mask);
    const pattern = attentionPattern(g, scores, sinks?.[head]);
    const given = matmul(g, pattern, value);
    return g.within('instruments', () => statistics.observe(scores, pattern, given, sinks?.[head]));
  });

  const headMask = reshape(g, g.node('Gather', [inputs.headMask, g.constant('int64', [layer])]), [-1, 1, 1]);
  const masked = multiply(g, concat(g, outputs, 0), headMask);
  const width = numAttentionHeads * headDim;
  return g.shaped(reshape(g, transpose(g, masked, [1, 0, 2]), [-1, width]), ['T', width]);
}

/** [T, H·D] → [G·T, D] for every group. */
function splitQueries({ g, config, kind: { numKeyValueHeads, headDim } }: LayerContext, queries: Value): Value[] {
  const byHead = transpose(g, reshape(g, queries, [-1, config.numAttentionHeads, headDim]), [1, 0, 2]);
  const groups = split(g, reshape(g, byHead, [-1, headDim]), 0, numKeyValueHeads);
  return groups.map((group) => g.shaped(group, ['GT', headDim]));
}

/** A head's rows of this run [T, D], named as an output, after those of the positions before: [S, D]. */
function extend(g: Graph, pastName: string, name: string, now: Value, headWidth: number): Value {
  g.output(name, now, 'float32', ['T', headWidth]);
  const past = g.input(pastName, 'float32', ['P', headWidth]);
  return concat(g, [past, now], 0);
}
