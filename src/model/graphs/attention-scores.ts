import type { LayerContext } from '../architectures/architecture';
import type { LayerKind } from '../config';
import type { Graph, Value } from '../onnx/graph';
import { add, concat, multiply, products, reshape, slice, softCap, softmax, split } from '../onnx/operations';

/**
 * How well queries and keys of heads that share a key-value head fit, before the mask: [G·R, D], [S, D] → [G, R, S], where
 * `shape` is int64 [3] of these.
 */
export function attentionScores(g: Graph, kind: LayerKind, queries: Value, keys: Value, shape: Value): Value {
  return softCapped(g, kind, reshape(g, products(g, queries, keys, kind.scaling), shape));
}

/** Scores, kept within a cap where the kind has one. */
export function softCapped(g: Graph, { attnLogitSoftcapping: cap }: LayerKind, scores: Value): Value {
  return cap === undefined ? scores : softCap(g, scores, cap);
}

/**
 * The softmax of masked scores [.., heads, R, S] over the keys, which are their last axis. A sink takes part in it and
 * leaves no weight: rows then sum to less than 1 (`GptOssAttention` of Hugging Face transformers).
 *
 * @param sinks [heads, 1, 1]
 */
export function attentionPattern(g: Graph, scores: Value, sinks: Value | undefined, axis = 2): Value {
  if (sinks === undefined) return softmax(g, scores);
  const first = slice(g, scores, axis, g.constant('int64', [0]), g.constant('int64', [1]));
  const column = add(g, multiply(g, first, g.constant('float32', [0])), sinks);
  const all = softmax(g, concat(g, [scores, column], axis));
  return slice(g, all, axis, g.constant('int64', [0]), g.constant('int64', [-1]));
}

/** The sinks of a layer's heads in `count` groups: [G, 1, 1] each; undefined where the kind has none. */
export function sinksOfHeads({ g, kind, weight }: LayerContext, count: number): Value[] | undefined {
  if (!kind.hasSinks) return undefined;
  return split(g, reshape(g, weight('sinks'), [-1, 1, 1]), 0, count);
}
