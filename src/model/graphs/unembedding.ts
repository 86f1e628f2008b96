import type { Graph, Value } from '../onnx/graph';
import {
  addAxis,
  concat,
  divide,
  dropAxis,
  gatherLast,
  log,
  multiply,
  reshape,
  slice,
  softmax,
  split,
  subtract,
  sum,
  topK,
} from '../onnx/operations';
import { TOP_K, UNEMBEDDING } from './ports';

/**
 * From logits [N, V] to what a view shows of each distribution, so that N x V numbers never leave the graph unasked.
 * Shapes and units of the outputs: `ports.ts`.
 */
export function writeDistributionStatistics(g: Graph, logits: Value, vocabulary: number): void {
  const target = reshape(g, g.input(UNEMBEDDING.target, 'int64', ['N']), [-1, 1]);
  const count = Math.min(TOP_K, vocabulary);
  const [topLogits, topIds] = topK(g, logits, count);
  const probabilities = softmax(g, logits);
  // ln Z = x* - ln p* at the most probable token, for logits x and p = exp(x) / Z. (WebGPU has no LogSoftmax.)
  const best = firstColumn(g, gatherLast(g, probabilities, topIds));
  const logZ = subtract(g, firstColumn(g, topLogits), log(g, best));
  const targetLogit = gatherLast(g, logits, target);
  // H = -Σ p ln p = ln Z - Σ p·x
  const meanLogit = addAxis(g, sum(g, multiply(g, probabilities, logits), 1), 1);
  const nats = dropAxis(g, subtract(g, logZ, meanLogit), 1);
  const rank = rankOf(g, logits, after(g, targetLogit, meanLogit));

  g.output(UNEMBEDDING.logits, logits, 'float32', ['N', vocabulary]);
  g.output(UNEMBEDDING.logZ, logZ, 'float32', ['N', 1]);
  g.output(UNEMBEDDING.logprob, dropAxis(g, subtract(g, targetLogit, logZ), 1), 'float32', ['N']);
  g.output(UNEMBEDDING.rank, rank, 'int64', ['N']);
  g.output(UNEMBEDDING.entropy, divide(g, nats, g.constant('float32', [Math.LN2])), 'float32', ['N']);
  g.output(UNEMBEDDING.topLogprobs, subtract(g, topLogits, logZ), 'float32', ['N', count]);
  g.output(UNEMBEDDING.topIds, topIds, 'int64', ['N', count]);
}

/** How many logits of each row [N, V] are larger than its threshold [N, 1]: [N]. */
function rankOf(g: Graph, logits: Value, threshold: Value): Value {
  const larger = g.node('Cast', [g.node('Greater', [logits, threshold])], { attributes: { to: { int: FLOAT32 } } });
  return g.node('Cast', [sum(g, larger, 1)], { attributes: { to: { int: INT64 } } });
}

/**
 * A value [N, 1] that is there only after another of its shape: the runtime orders operations by what depends on what,
 * and what is computed from this one then takes the memory that was needed for the other.
 */
function after(g: Graph, value: Value, other: Value): Value {
  return split(g, concat(g, [value, other], 1), 1, 2)[0] as Value;
}

/** [N, k] → [N, 1] */
function firstColumn(g: Graph, x: Value): Value {
  return slice(g, x, 1, g.constant('int64', [0]), g.constant('int64', [1]));
}

// onnx.TensorProto.DataType
const FLOAT32 = 1;
const INT64 = 7;
