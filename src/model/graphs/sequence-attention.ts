import type { AttentionInputs, LayerContext } from '../architectures/architecture';
import type { Value } from '../onnx/graph';
import { add, concat, matmul, multiply, reshape, transpose } from '../onnx/operations';
import { attentionPattern, softCapped } from './attention-scores';
import type { LayerInputs } from './layer-inputs';
import { LAYER } from './ports';

/**
 * Causal attention with grouped queries of several sequences at once, none of which sees another: queries [N, H·D],
 * keys and values [N, KV·D] → [N, H·D].
 */
export function sequenceAttention(
  { g, config, kind, weight }: LayerContext,
  { mask, headMask, pastKeys, pastValues, run }: LayerInputs,
  all: AttentionInputs,
): Value {
  const { numAttentionHeads } = config;
  const { numKeyValueHeads, headDim } = kind;
  const shape = (...sizes: (number | Value)[]) =>
    concat(
      g,
      sizes.map((size) => (typeof size === 'number' ? g.constant('int64', [size]) : size)),
      0,
    );
  const { sequences, positions } = run;
  const byHead = (x: Value, count: number) =>
    transpose(g, reshape(g, x, shape(sequences, positions, count, headDim)), [0, 2, 1, 3]);
  const extended = (past: Value, now: Value, name: string) => {
    const whole = concat(g, [past, byHead(now, numKeyValueHeads)], 2);
    g.output(name, whole, 'float32', ['B', numKeyValueHeads, 'S', headDim]);
    return whole;
  };
  const keys = extended(pastKeys, all.keys, LAYER.keys);
  const values = extended(pastValues, all.values, LAYER.values);
  const grouped = shape(sequences, numKeyValueHeads, -1, headDim);
  const queries = reshape(g, byHead(all.queries, numAttentionHeads), grouped);

  const scaled = multiply(g, queries, g.constant('float32', [kind.scaling]));
  const products = softCapped(g, kind, matmul(g, scaled, transpose(g, keys, [0, 1, 3, 2])));
  const scores = add(g, reshape(g, products, shape(sequences, numAttentionHeads, positions, run.keys)), mask);
  const sinks = kind.hasSinks ? reshape(g, weight('sinks'), [-1, 1, 1]) : undefined;
  const weights = attentionPattern(g, scores, sinks, 3);
  const pattern = reshape(g, weights, shape(sequences, numKeyValueHeads, -1, run.keys));
  const outputs = reshape(g, matmul(g, pattern, values), shape(sequences, numAttentionHeads, positions, headDim));
  const masked = multiply(g, outputs, reshape(g, headMask, [0, 0, 1, 1]));
  return reshape(g, transpose(g, masked, [0, 2, 1, 3]), [-1, numAttentionHeads * headDim]);
}
