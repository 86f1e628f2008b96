import type { Graph, Value } from '../onnx/graph';
import { divide, gatherLast, logSoftmax, multiply, reshape, softmax, sum, topK } from '../onnx/operations';
import { TOP_K, UNEMBEDDING } from './ports';

/**
 * From logits [N, V] to what a view shows of each distribution, so that N x V numbers never leave the graph unasked.
 * Shapes and units of the outputs: `ports.ts`.
 */
export function writeDistributionStatistics(g: Graph, logits: Value, vocabulary: number): void {
  const target = reshape(g, g.input(UNEMBEDDING.target, 'int64', ['N']), [-1, 1]);
  const logprobs = logSoftmax(g, logits);
  const logprob = gatherLast(g, logprobs, target);
  const larger = g.node('Cast', [g.node('Greater', [logprobs, logprob])], { attributes: { to: { int: FLOAT32 } } });
  const rank = g.node('Cast', [sum(g, larger, 1)], { attributes: { to: { int: INT64 } } });
  const negativeNats = sum(g, multiply(g, softmax(g, logits), logprobs), 1);
  const entropy = divide(g, negativeNats, g.constant('float32', [-Math.LN2]));
  const count = Math.min(TOP_K, vocabulary);
  const [topLogprobs, topIds] = topK(g, logprobs, count);

  g.output(UNEMBEDDING.logprobs, logprobs, 'float32', ['N', vocabulary]);
  g.output(UNEMBEDDING.logprob, reshape(g, logprob, [-1]), 'float32', ['N']);
  g.output(UNEMBEDDING.rank, rank, 'int64', ['N']);
  g.output(UNEMBEDDING.entropy, entropy, 'float32', ['N']);
  g.output(UNEMBEDDING.topLogprobs, topLogprobs, 'float32', ['N', count]);
  g.output(UNEMBEDDING.topIds, topIds, 'int64', ['N', count]);
}

// onnx.TensorProto.DataType
const FLOAT32 = 1;
const INT64 = 7;
