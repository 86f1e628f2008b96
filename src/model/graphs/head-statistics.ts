import { layersOfKind, type ModelConfig } from '../config';
import type { Graph, Value } from '../onnx/graph';
import {
  add,
  addAxis,
  argMax,
  concat,
  divide,
  gatherLast,
  gatherPart,
  log,
  maximum,
  maximumOfRuns,
  multiply,
  reshape,
  slice,
  sliceFrom,
  splitInto,
  subtract,
  sum,
} from '../onnx/operations';
import type { KindInputs } from './decoder-inputs';
import { DECODER, MAX_BLOCK, TRACKED_KEYS } from './ports';

/**
 * Statistics of every head of a kind of layers, computed where its attention pattern is: afterwards the pattern would have to be made again.
 *
 * `observe` adds the few operations that read a whole pattern; `write` finishes the sums of all heads at once, because an
 * operation on a small tensor takes as long as one on a larger one. Shapes: `ports.ts`; G: the heads of one group.
 */
export class HeadStatistics {
  readonly #g: Graph;
  readonly #inputs: KindInputs;
  /** Query heads of all layers of the kind, and of a group. */
  readonly #heads: number;
  readonly #group: number;
  /** int64 vectors, the same for every group. */
  readonly #shapes: { runs: Value; keyBlockMaxima: Value; rows: Value; blocks: Value };
  /** [B]: 0 for the first key of a block, 1 for the others. */
  readonly #withoutKey0: Value;
  /** int64 [6], or [8] with sinks: how many numbers of a row are which statistic; int64 [2]: the head's output, and all of them. */
  readonly #parts: Value;
  readonly #outputAndParts: Value;
  /** [G, T, statistics] of every group, in the order of the heads. */
  readonly #observed: Value[] = [];

  constructor(g: Graph, config: ModelConfig, inputs: KindInputs) {
    this.#g = g;
    this.#inputs = inputs;
    this.#heads = layersOfKind(config, inputs.number).length * config.numAttentionHeads;
    this.#group = config.numAttentionHeads / inputs.kind.numKeyValueHeads;
    const { positions, block, queryBlocks, keyBlocks } = inputs.run;
    const group = g.constant('int64', [this.#group]);
    const rest = g.constant('int64', [-1]);
    const one = g.constant('int64', [1]);
    this.#shapes = {
      runs: concat(g, [group, rest, block], 0),
      keyBlockMaxima: concat(g, [group, positions, keyBlocks], 0),
      rows: concat(g, [group, queryBlocks, block, rest], 0),
      blocks: concat(g, [group, positions, keyBlocks, block], 0),
    };
    const sinks = inputs.kind.hasSinks ? [one, one] : [];
    this.#parts = concat(
      g,
      [g.constant('int64', [TRACKED_KEYS.length]), one, one, one, keyBlocks, keyBlocks, ...sinks],
      0,
    );
    const withoutKey0 = g.constant('float32', [0, ...Array(MAX_BLOCK - 1).fill(1)]);
    this.#withoutKey0 = slice(g, withoutKey0, 0, g.constant('int64', [0]), block);
    const width = addAxis(g, sum(g, this.#parts, 0), 0);
    this.#outputAndParts = concat(g, [g.constant('int64', [inputs.kind.headDim]), width], 0);
  }

  /**
   * @param scores masked attention scores, @param pattern their softmax: [G, T, S]; @param output of the heads: [G, T, D].
   * @returns the output, concatenated with the statistics and split off again. So whatever uses the output waits for the
   * statistics too: the runtime, which otherwise would compute them last and keep every pattern until then, has to do it here.
   */
  observe(scores: Value, pattern: Value, output: Value, sinks: Value | undefined): Value {
    const g = this.#g;
    const { trackedKeys, keys, number, kind } = this.#inputs;
    const group = this.#group;
    const blockColumns = `${keys}/B`;
    const runs = g.shaped(reshape(g, pattern, this.#shapes.runs), [group, `T·${keys}/B`, 'B']);
    const keyBlockMaxima = reshape(g, maximumOfRuns(g, runs), this.#shapes.keyBlockMaxima);
    const rows = g.shaped(reshape(g, pattern, this.#shapes.rows), [group, 'T/B', 'B', keys]);
    const statistics = [
      gatherLast(g, pattern, trackedKeys),
      addAxis(g, sum(g, multiply(g, pattern, scores), 2), 2),
      addAxis(g, this.#bestScore(scores, keyBlockMaxima), 2),
      this.#firstMaximum(pattern),
      g.shaped(keyBlockMaxima, [group, 'T', blockColumns]),
      // [G, T/B, S] has as many numbers as [G, T, S/B].
      g.shaped(reshape(g, sum(g, rows, 2), this.#shapes.keyBlockMaxima), [group, 'T', blockColumns]),
      ...(sinks ? this.#ofSinks(pattern, sinks) : []),
    ];
    const width = `D+statistics.${number}`;
    const joined = g.shaped(concat(g, [output, ...statistics], 2), [group, 'T', width]);
    const [through, observed] = splitInto(g, joined, 2, this.#outputAndParts, 2);
    this.#observed.push(g.shaped(observed as Value, [group, 'T', `statistics.${number}`]));
    return g.shaped(through as Value, [group, 'T', kind.headDim]);
  }

  /** Names the results. */
  write(): void {
    const g = this.#g;
    const { number, keys, kind } = this.#inputs;
    const all = this.#heads;
    const count = kind.hasSinks ? 8 : 6;
    const parts = splitInto(g, concat(g, this.#observed, 0), 2, this.#parts, count) as Parts;
    const [trackedWeights, meanScores, bestScores, firstMaxima, keyBlockMaxima, querySums, totals, sinkScores] = parts;
    const entropy = this.#entropy(meanScores, bestScores, keyBlockMaxima, totals, sinkScores);
    g.output(DECODER.trackedWeights(number), trackedWeights, 'float32', [all, 'T', TRACKED_KEYS.length]);
    g.output(DECODER.entropy(number), entropy, 'float32', [all, 'T']);
    if (totals) g.output(DECODER.total(number), sum(g, totals, 2), 'float32', [all, 'T']);
    const blocks = [all, 'T/B', `${keys}/B`];
    g.output(DECODER.blockMaximum(number), this.#blockMaximum(firstMaxima, keyBlockMaxima), 'float32', blocks);
    g.output(DECODER.blockSum(number), this.#blockSum(querySums), 'float32', blocks);
  }

  /** What the keys of every query have together, and the sink's score: [G, T, 1] each. @param sinks [G, 1, 1] */
  #ofSinks(pattern: Value, sinks: Value): Value[] {
    const g = this.#g;
    const totals = addAxis(g, sum(g, pattern, 2), 2);
    return [totals, add(g, multiply(g, totals, g.constant('float32', [0])), sinks)];
  }

  /** The largest score of every query: it is looked for only in the block of keys that has the largest weight. [G, T] */
  #bestScore(scores: Value, keyBlockMaxima: Value): Value {
    const g = this.#g;
    const blocks = reshape(g, scores, this.#shapes.blocks);
    return maximum(g, gatherPart(g, blocks, argMax(g, keyBlockMaxima)), 2);
  }

  /** The largest weight in the first block of keys, key 0 left out. [G, T, 1] */
  #firstMaximum(pattern: Value): Value {
    const g = this.#g;
    const first = slice(g, pattern, 2, g.constant('int64', [0]), this.#inputs.run.block);
    return maximumOfRuns(g, multiply(g, first, this.#withoutKey0));
  }

  /**
   * H = -Σ p ln p = ln Z - Σ p·s for scores s and p = exp(s) / Z; ln Z = s* - ln p* at the key of the largest weight,
   * where p* ≥ 1/S cannot underflow. A sink is one more score, of the weight that the keys leave. In bits. [L·H, T]
   */
  #entropy(
    meanScores: Value,
    bestScores: Value,
    keyBlockMaxima: Value,
    totals: Value | undefined,
    sinkScores: Value | undefined,
  ): Value {
    const g = this.#g;
    const logZ = subtract(g, sum(g, bestScores, 2), log(g, maximum(g, keyBlockMaxima, 2)));
    const nats = subtract(g, logZ, sum(g, meanScores, 2));
    const bits = (value: Value) => divide(g, value, g.constant('float32', [Math.LN2]));
    if (!totals || !sinkScores) return bits(nats);
    const ofSink = subtract(g, g.constant('float32', [1]), totals);
    return bits(subtract(g, nats, sum(g, multiply(g, ofSink, sinkScores), 2)));
  }

  #blockMaximum(firstMaxima: Value, keyBlockMaxima: Value): Value {
    const g = this.#g;
    const { block, queryBlocks, keyBlocks } = this.#inputs.run;
    const columns = concat(g, [firstMaxima, sliceFrom(g, keyBlockMaxima, 2, 1)], 2);
    return maximum(g, reshape(g, columns, concat(g, [this.#all(), queryBlocks, block, keyBlocks], 0)), 2);
  }

  #blockSum(querySums: Value): Value {
    const g = this.#g;
    const { block, queryBlocks, keyBlocks } = this.#inputs.run;
    return sum(g, reshape(g, querySums, concat(g, [this.#all(), queryBlocks, keyBlocks, block], 0)), 3);
  }

  /** int64 [1]: L·H */
  #all(): Value {
    return this.#g.constant('int64', [this.#heads]);
  }
}

/** The last two are of sinks. */
type Parts = [Value, Value, Value, Value, Value, Value, Value?, Value?];
