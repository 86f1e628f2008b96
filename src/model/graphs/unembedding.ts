import type { Architecture } from '../architectures/architecture';
import { logitsOf } from '../architectures/logits';
import type { ModelConfig } from '../config';
import type { Graph, Value } from '../onnx/graph';
import {
  concat,
  divide,
  dropAxis,
  gatherLast,
  log,
  maximum,
  maximumOfRuns,
  meanOfRuns,
  multiply,
  padEnd,
  reshape,
  softmax,
  split,
  subtract,
  sum,
  topK,
} from '../onnx/operations';
import { fileContext, type Weights } from './context';
import { TOP_K, UNEMBEDDING } from './ports';

/** How many logits are summed at once in float32. A longer sum loses digits: the sums of these blocks are added in a second step. */
const BLOCK = 256;
/** A logit of no token: its probability is exactly 0, and finite, so that 0 times it is 0. */
const NO_TOKEN = -1e9;

/** Final norm, unembedding and what a view shows of the distributions. Ports: `UNEMBEDDING`. */
export function unembedding(g: Graph, architecture: Architecture, config: ModelConfig, weights: Weights): void {
  const x = g.input(UNEMBEDDING.residual, 'float32', ['N', config.hiddenSize]);
  const logits = logitsOf(architecture, fileContext(g, config, weights), x);
  g.within('instruments', () => writeDistributionStatistics(g, logits, config.vocabSize));
}

/**
 * From logits [N, V] to what a view shows of each distribution, so that N x V numbers never leave the graph unasked.
 * Shapes and units of the outputs: `ports.ts`.
 */
export function writeDistributionStatistics(g: Graph, logits: Value, vocabulary: number): void {
  const target = reshape(g, g.input(UNEMBEDDING.target, 'int64', ['N']), [-1, 1]);
  const count = Math.min(TOP_K, vocabulary);
  const [topLogits, topIds] = topK(g, logits, count);
  const { logZ, nats } = distributionOf(g, logits, vocabulary);
  const targetLogit = gatherLast(g, logits, target);
  const rank = rankOf(g, logits, after(g, targetLogit, logZ));

  g.output(UNEMBEDDING.logits, logits, 'float32', ['N', vocabulary]);
  g.output(UNEMBEDDING.logZ, logZ, 'float32', ['N', 1]);
  g.output(UNEMBEDDING.logprob, dropAxis(g, subtract(g, targetLogit, logZ), 1), 'float32', ['N']);
  g.output(UNEMBEDDING.rank, rank, 'int64', ['N']);
  g.output(UNEMBEDDING.entropy, divide(g, nats, g.constant('float32', [Math.LN2])), 'float32', ['N']);
  g.output(UNEMBEDDING.topLogprobs, subtract(g, topLogits, logZ), 'float32', ['N', count]);
  g.output(UNEMBEDDING.topIds, topIds, 'int64', ['N', count]);
}

/**
 * ln Z [N, 1] and the entropy in nats [N]. For a block b of logits x that have the probabilities p among themselves,
 * ln Z_b = x* - ln p* at the most probable token; blocks have the shares w = softmax(ln Z_b), of which ln Z comes likewise,
 * and H = Σ w_b · (ln Z - Σ_b p·x). (WebGPU has no LogSoftmax.)
 */
function distributionOf(g: Graph, logits: Value, vocabulary: number): { logZ: Value; nats: Value } {
  const missing = (BLOCK - (vocabulary % BLOCK)) % BLOCK;
  const padded = missing === 0 ? logits : padEnd(g, logits, missing, NO_TOKEN);
  const blocks = reshape(g, padded, [0, -1, BLOCK]);
  const probabilities = softmax(g, blocks);
  const logZs = dropAxis(g, subtract(g, maximumOfRuns(g, blocks), log(g, maximumOfRuns(g, probabilities))), 2);
  const meanLogits = multiply(g, meanOfRuns(g, multiply(g, probabilities, blocks)), g.constant('float32', [BLOCK]));
  const shares = softmax(g, logZs);
  const logZ = reshape(g, subtract(g, maximum(g, logZs, 1), log(g, maximum(g, shares, 1))), [-1, 1]);
  return { logZ, nats: sum(g, multiply(g, shares, subtract(g, logZ, dropAxis(g, meanLogits, 2))), 1) };
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

// onnx.TensorProto.DataType
const FLOAT32 = 1;
const INT64 = 7;
