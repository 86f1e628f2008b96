import type { Dimension, Graph, Value } from './graph';

/*
 * The operations of a transformer in ONNX, each with the shapes it takes and gives.
 * T: positions of this run, S: all positions so far; C: the model's width, D: a head's width, V: the vocabulary's size.
 * `com.microsoft` operators are onnxruntime's own: docs/ContribOperators.md in its repository.
 */
const MICROSOFT = 'com.microsoft';
const LAST = { int: -1 };
const DROP_AXIS = { int: 0 };
// onnx.TensorProto.DataType
const INT64 = 7;

/** Rows of a table: [V, C], ids [T] → [T, C]. */
export const gather = (g: Graph, table: Value, ids: Value): Value => g.node('Gather', [table, ids]);

/** scale · a · bᵀ: [n, m], [k, m] → [n, k]. */
export const products = (g: Graph, a: Value, b: Value, scale = 1): Value =>
  g.node('Gemm', [a, b], { attributes: { transB: { int: 1 }, alpha: { float: scale } } });

/** [.., n, m], [.., m, k] → [.., n, k]. */
export const matmul = (g: Graph, a: Value, b: Value): Value => g.node('MatMul', [a, b]);

export const add = (g: Graph, a: Value, b: Value): Value => g.node('Add', [a, b]);
export const subtract = (g: Graph, a: Value, b: Value): Value => g.node('Sub', [a, b]);
export const multiply = (g: Graph, a: Value, b: Value): Value => g.node('Mul', [a, b]);
export const divide = (g: Graph, a: Value, b: Value): Value => g.node('Div', [a, b]);
export const squareRoot = (g: Graph, x: Value): Value => g.node('Sqrt', [x]);
export const log = (g: Graph, x: Value): Value => g.node('Log', [x]);
export const tanh = (g: Graph, x: Value): Value => g.node('Tanh', [x]);

/** c · tanh(x / c), which keeps x between -c and c (Gemma Team 2024, arXiv 2408.00118). */
export const softCap = (g: Graph, x: Value, cap: number): Value => {
  const limit = g.constant('float32', [cap]);
  return multiply(g, tanh(g, divide(g, x, limit)), limit);
};

/** Over the last axis. */
export const softmax = (g: Graph, x: Value): Value => g.node('Softmax', [x], { attributes: { axis: LAST } });

/** x / √(mean(x²) + ε) · gain over the last axis (Zhang & Sennrich 2019, arXiv 1910.07467): [T, C], [C] → [T, C]. */
export const rmsNorm = (g: Graph, x: Value, gain: Value, epsilon: number): Value =>
  g.node('SimplifiedLayerNormalization', [x, gain], { attributes: { axis: LAST, epsilon: { float: epsilon } } });

/**
 * (x - mean) / √(variance + ε) · gain + bias over the last axis (Ba et al. 2016, arXiv 1607.06450): [.., C], [C] and, where
 * there is one, [C] → [.., C].
 */
export const layerNorm = (g: Graph, x: Value, gain: Value, bias: Value | undefined, epsilon: number): Value =>
  g.node('LayerNormalization', bias === undefined ? [x, gain] : [x, gain, bias], {
    attributes: { axis: LAST, epsilon: { float: epsilon } },
  });

/** x · sigmoid(x), elementwise (Hendrycks & Gimpel 2016, arXiv 1606.08415). */
export const silu = (g: Graph, x: Value): Value => scaledSilu(g, x, 1);

/** x/2 · (1 + tanh(√(2/π) · (x + 0.044715 x³))), elementwise: GELU as most models compute it (arXiv 1606.08415). */
export const geluTanh = (g: Graph, x: Value): Value => g.node('FastGelu', [x], { domain: MICROSOFT });

/** x · Φ(x), elementwise: GELU by the error function. */
export const gelu = (g: Graph, x: Value): Value => g.node('Gelu', [x], { domain: MICROSOFT });

/** x · sigmoid(α · x), elementwise; SiLU for α = 1. */
export const scaledSilu = (g: Graph, x: Value, alpha: number): Value =>
  g.node('QuickGelu', [x], { domain: MICROSOFT, attributes: { alpha: { float: alpha } } });

export const sigmoid = (g: Graph, x: Value): Value => g.node('Sigmoid', [x]);
/** ln(1 + exp(x)), elementwise. */
export const softplus = (g: Graph, x: Value): Value => g.node('Softplus', [x]);

/** Elements below or above a limit become the limit. */
export const atLeast = (g: Graph, x: Value, limit: number): Value =>
  g.node('Max', [x, g.constant('float32', [limit], [])]);
export const atMost = (g: Graph, x: Value, limit: number): Value =>
  g.node('Min', [x, g.constant('float32', [limit], [])]);

/**
 * Rotates every pair (i, i + D/2) of a head's elements by an angle of its position (Su et al. 2021, arXiv 2104.09864):
 * [T, heads·D], cosines and sines of the angles [T, D/2] → the same shape.
 */
export const rotary = (g: Graph, x: Value, { cosines, sines }: { cosines: Value; sines: Value }): Value => {
  // The tables have a row for every position of this run: the first stands at row 0.
  const inputs = [addAxis(g, x, 0), g.constant('int64', [0]), cosines, sines];
  return dropAxis(g, g.node('RotaryEmbedding', inputs, { domain: MICROSOFT }), 0);
};

/** `shape` as in ONNX: 0 keeps a dimension, -1 is what is left; or an int64 vector that each run decides. */
export const reshape = (g: Graph, x: Value, shape: readonly number[] | Value): Value =>
  g.node('Reshape', [x, typeof shape === 'string' ? shape : g.constant('int64', shape)]);

/** One dimension more, of size 1, or one less, at an axis. */
export const addAxis = (g: Graph, x: Value, axis: number): Value =>
  g.node('Unsqueeze', [x, g.constant('int64', [axis])]);
export const dropAxis = (g: Graph, x: Value, axis: number): Value =>
  g.node('Squeeze', [x, g.constant('int64', [axis])]);

export const transpose = (g: Graph, x: Value, permutation: readonly number[]): Value =>
  g.node('Transpose', [x], { attributes: { perm: { ints: [...permutation] } } });

export const concat = (g: Graph, parts: readonly Value[], axis: number): Value =>
  g.node('Concat', [...parts], { attributes: { axis: { int: axis } } });

/** `count` equal parts along an axis. */
export const split = (g: Graph, x: Value, axis: number, count: number): Value[] =>
  g.nodeOf(count, 'Split', [x], { attributes: { axis: { int: axis }, num_outputs: { int: count } } });

/** Parts of given sizes along an axis; `sizes` is an int64 vector of `count` elements. */
export const splitInto = (g: Graph, x: Value, axis: number, sizes: Value, count: number): Value[] =>
  g.nodeOf(count, 'Split', [x, sizes], { attributes: { axis: { int: axis } } });

/** Where the elements of an int64 vector stand in ascending order, equal ones in their own: [n] → int64 [n]. */
export const ascendingOrder = (g: Graph, x: Value): Value =>
  g.nodeOf(2, 'TopK', [x, dimension(g, x, 0)], { attributes: { axis: LAST, largest: { int: 0 } } })[1] as Value;

/** How often each of the numbers 0 to `count` - 1 stands in an int64 vector: [n] → int64 [count]. */
export const occurrences = (g: Graph, x: Value, count: number): Value => {
  const numbers = g.constant(
    'int64',
    Array.from({ length: count }, (_, i) => i),
  );
  const isEqual = g.node('Equal', [addAxis(g, x, 1), numbers]);
  return sum(g, g.node('Cast', [isEqual], { attributes: { to: { int: INT64 } } }), 0);
};

/** Elements [from, to) along an axis; `from` and `to` are int64 vectors of one element. */
export const slice = (g: Graph, x: Value, axis: number, from: Value, to: Value): Value =>
  g.node('Slice', [x, from, to, g.constant('int64', [axis])]);

/** The elements of `x` along an axis, from one on to the last. */
export const sliceFrom = (g: Graph, x: Value, axis: number, from: number): Value =>
  slice(g, x, axis, g.constant('int64', [from]), g.constant('int64', [Number.MAX_SAFE_INTEGER]));

/** `count` more elements of one value at the end of every row: [N, n] → [N, n + count]. */
export const padEnd = (g: Graph, x: Value, count: number, value: number): Value =>
  g.node('Pad', [x, g.constant('int64', [0, 0, 0, count]), g.constant('float32', [value], [])]);

/** Rows of zeros at the end; `count` is an int64 vector of one element: [n, m] → [n + count, m]. */
export const padRows = (g: Graph, x: Value, count: Value): Value =>
  g.node('Pad', [x, concat(g, [g.constant('int64', [0, 0]), count, g.constant('int64', [0])], 0)]);

export const expand = (g: Graph, x: Value, shape: readonly number[]): Value =>
  g.node('Expand', [x, g.constant('int64', shape)]);

/** One dimension of a value's shape, as an int64 vector of one element. */
export const dimension = (g: Graph, x: Value, axis: number): Value =>
  g.node('Shape', [x], { attributes: { start: { int: axis }, end: { int: axis + 1 } } });

/** x[.., i, indices[.., i, j]]: along the last axis, of equal shape elsewhere. */
export const gatherLast = (g: Graph, x: Value, indices: Value): Value =>
  g.node('GatherElements', [x, indices], { attributes: { axis: LAST } });

/** x[i, j, indices[i, j, 0]]: one of the n parts of every row: [.., .., n, m], int64 [.., .., 1] → [.., .., m]. */
export const gatherPart = (g: Graph, x: Value, indices: Value): Value =>
  g.node('GatherND', [x, indices], { attributes: { batch_dims: { int: 2 } } });

/**
 * What `build` computes in a branch of its own, of the shape that x has too. The time that the runtime takes to plan a
 * graph's memory grows with the square of the values whose sizes it cannot know beforehand, and it plans every branch by
 * itself.
 */
export const apart = (g: Graph, x: Value, shape: Dimension[], build: (branch: Graph) => Value): Value => {
  // There always is a row. A condition that is known beforehand would make the runtime put the graphs together again.
  const isThere = g.node('Greater', [dimension(g, x, 0), g.constant('int64', [0])]);
  return g.either(isThere, shape, build, (branch) => branch.node('Identity', [x]));
};

/** x [N, C], with other values [P, C] at some rows [P, 1]: no row may be named twice. */
export const replaceRows = (g: Graph, x: Value, rows: Value, values: Value): Value =>
  g.node('ScatterND', [x, rows, values]);
/** Reductions over one axis, which the result does not have. */
export const sum = (g: Graph, x: Value, axis: number): Value =>
  g.node('ReduceSum', [x, g.constant('int64', [axis])], { attributes: { keepdims: DROP_AXIS } });
export const mean = (g: Graph, x: Value, axis: number): Value =>
  g.node('ReduceMean', [x, g.constant('int64', [axis])], { attributes: { keepdims: DROP_AXIS } });
export const maximum = (g: Graph, x: Value, axis: number): Value =>
  g.node('ReduceMax', [x, g.constant('int64', [axis])], { attributes: { keepdims: DROP_AXIS } });

/** Index of the largest element along the last axis: [.., n] → [.., 1]. */
export const argMax = (g: Graph, x: Value): Value =>
  g.node('ArgMax', [x], { attributes: { axis: LAST, keepdims: { int: 1 } } });

/**
 * The largest element of every run of elements: [n, m, run] → [n, m, 1].
 * onnxruntime's ReduceMax takes ten times as long as its pooling for the same result.
 */
export const maximumOfRuns = (g: Graph, x: Value): Value => g.node('GlobalMaxPool', [x]);

/** The mean of every run of elements, in the same way. */
export const meanOfRuns = (g: Graph, x: Value): Value => g.node('GlobalAveragePool', [x]);

/** The k largest along the last axis, largest first, and their indices: [N, V] → [N, k] twice. */
export const topK = (g: Graph, x: Value, k: number): [Value, Value] => {
  const [values, indices] = g.nodeOf(2, 'TopK', [x, g.constant('int64', [k])], { attributes: { axis: LAST } });
  return [values as Value, indices as Value];
};

/**
 * A filter for every channel over the k tokens up to each: [B, R, C], filters [C, 1, k], the k - 1 tokens before
 * [B, k - 1, C] → [B, R, C] and the last k - 1 tokens [B, k - 1, C]. On a processor the runtime's own operator for it takes ten times as long.
 */
export const causalConvolution = (g: Graph, x: Value, filters: Value, past: Value, k: number): [Value, Value] => {
  const all = concat(g, [past, x], 1);
  const taps = split(g, transpose(g, reshape(g, filters, [-1, k]), [1, 0]), 0, k);
  const count = dimension(g, x, 1);
  const from = (tap: number) => g.constant('int64', [tap]);
  const terms = taps.map((tap, i) => multiply(g, slice(g, all, 1, from(i), add(g, count, from(i))), tap));
  const last = slice(g, all, 1, count, add(g, count, from(k - 1)));
  return [terms.reduce((total, term) => add(g, total, term)), last];
};

/**
 * The gated delta rule (Yang et al. 2024, arXiv 2412.06464), token by token: a head's matrix S fades, is corrected towards
 * giving the value for the key, and is read by the query:
 *
 *     S = exp(decay) S
 *     S = S + rate · k (v - Sᵀ k)ᵀ
 *     output = Sᵀ q / √D
 *
 * @param queries and keys [B, R, heads·D], of which one head serves as many heads of values as there are for each
 * @param values [B, R, valueHeads·W]; `past`, the matrices before: [B, valueHeads, D, W]; `decay`, `rate`: [B, R, valueHeads]
 * @returns outputs [B, R, valueHeads·W], and the matrices after the last token
 */
export const gatedDeltaRule = (
  g: Graph,
  {
    queries,
    keys,
    values,
    past,
    decay,
    rate,
  }: Record<'queries' | 'keys' | 'values' | 'past' | 'decay' | 'rate', Value>,
  { heads, valueHeads }: { heads: number; valueHeads: number },
): [Value, Value] =>
  g.nodeOf(2, 'LinearAttention', [queries, keys, values, past, decay, rate], {
    domain: MICROSOFT,
    attributes: { q_num_heads: { int: heads }, kv_num_heads: { int: valueHeads } },
  }) as [Value, Value];
