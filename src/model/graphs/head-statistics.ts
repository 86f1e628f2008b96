import type { ModelConfig } from '../config';
import type { Graph, Value } from '../onnx/graph';
import {
  add,
  argMax,
  concat,
  divide,
  gatherLast,
  log,
  maximum,
  maximumOfRuns,
  multiply,
  reshape,
  slice,
  sliceFrom,
  subtract,
  sum,
} from '../onnx/operations';
import type { BodyInputs } from './body-inputs';
import { BODY, MAX_BLOCK, PROBES } from './ports';

/**
 * What is cheap to know of every head while its attention pattern exists, and dear afterwards.
 *
 * `observe` adds the few operations that read a whole pattern; `write` finishes the sums of all heads at once, because an
 * operation on a small tensor costs its start and not its work. Shapes: `ports.ts`; G: the heads of one group.
 */
export class HeadStatistics {
  readonly #g: Graph;
  readonly #config: ModelConfig;
  readonly #inputs: BodyInputs;
  /** int64 vectors, the same for every group. */
  readonly #shapes: { runs: Value; keyBlockMaxima: Value; rows: Value };
  /** int64 [B]: 0, 1, … */
  readonly #offsets: Value;
  /** One value a group, in the order of the heads. */
  readonly #probed: Value[] = [];
  readonly #meanScores: Value[] = [];
  readonly #bestScores: Value[] = [];
  readonly #keyBlockMaxima: Value[] = [];
  readonly #firstBlocks: Value[] = [];
  readonly #querySums: Value[] = [];

  constructor(g: Graph, config: ModelConfig, inputs: BodyInputs) {
    this.#g = g;
    this.#config = config;
    this.#inputs = inputs;
    const { positions, block, queryBlocks, keyBlocks } = inputs.run;
    const group = g.constant('int64', [config.heads / config.keyValueHeads]);
    const rest = g.constant('int64', [-1]);
    const offsets = g.constant('int64', [...Array(MAX_BLOCK).keys()]);
    this.#shapes = {
      runs: concat(g, [group, rest, block], 0),
      keyBlockMaxima: concat(g, [group, positions, keyBlocks], 0),
      rows: concat(g, [group, queryBlocks, block, rest], 0),
    };
    this.#offsets = slice(g, offsets, 0, g.constant('int64', [0]), block);
  }

  /** @param scores masked attention scores, and @param pattern their softmax: [G, T, S]. */
  observe(scores: Value, pattern: Value): void {
    const g = this.#g;
    const group = this.#config.heads / this.#config.keyValueHeads;
    const { run, probes } = this.#inputs;
    const runs = g.shaped(reshape(g, pattern, this.#shapes.runs), [group, 'T·S/B', 'B']);
    const keyBlockMaxima = g.shaped(reshape(g, maximumOfRuns(g, runs), this.#shapes.keyBlockMaxima), [
      group,
      'T',
      'S/B',
    ]);
    const rows = g.shaped(reshape(g, pattern, this.#shapes.rows), [group, 'T/B', 'B', 'S']);
    const firstBlock = slice(g, pattern, 2, g.constant('int64', [0]), run.block);

    this.#probed.push(gatherLast(g, pattern, probes));
    this.#meanScores.push(sum(g, multiply(g, pattern, scores), 2));
    this.#bestScores.push(this.#bestScore(scores, keyBlockMaxima));
    this.#keyBlockMaxima.push(keyBlockMaxima);
    this.#firstBlocks.push(g.shaped(firstBlock, [group, 'T', 'B']));
    this.#querySums.push(sum(g, rows, 2));
  }

  /** Names the results. */
  write(): void {
    const g = this.#g;
    const { layers, heads } = this.#config;
    const all = layers * heads;
    g.output(BODY.probed, concat(g, this.#probed, 0), 'float32', [all, 'T', PROBES.length]);
    g.output(BODY.entropy, this.#entropy(), 'float32', [all, 'T']);
    g.output(BODY.blockMaximum, this.#blockMaximum(), 'float32', [all, 'T/B', 'S/B']);
    g.output(BODY.blockSum, this.#blockSum(), 'float32', [all, 'T/B', 'S/B']);
  }

  /** The largest score of every query: it is looked for only in the block of keys that has the largest weight. [G, T] */
  #bestScore(scores: Value, keyBlockMaxima: Value): Value {
    const g = this.#g;
    const keys = add(g, multiply(g, argMax(g, keyBlockMaxima), this.#inputs.run.block), this.#offsets);
    return maximum(g, gatherLast(g, scores, keys), 2);
  }

  /**
   * H = -Σ p ln p = ln Z - Σ p·s for scores s and p = exp(s) / Z; ln Z = s* - ln p* at the key of the largest weight,
   * where p* ≥ 1/S cannot underflow. In bits. [L·H, T]
   */
  #entropy(): Value {
    const g = this.#g;
    const bestWeight = maximum(g, concat(g, this.#keyBlockMaxima, 0), 2);
    const logZ = subtract(g, concat(g, this.#bestScores, 0), log(g, bestWeight));
    const nats = subtract(g, logZ, concat(g, this.#meanScores, 0));
    return divide(g, nats, g.constant('float32', [Math.LN2]));
  }

  #blockMaximum(): Value {
    const g = this.#g;
    const { block, queryBlocks, keyBlocks } = this.#inputs.run;
    const zero = g.constant('int64', [0]);
    const withoutKey0 = g.constant('float32', [0, ...Array(MAX_BLOCK - 1).fill(1)]);
    const firstBlock = multiply(g, concat(g, this.#firstBlocks, 0), slice(g, withoutKey0, 0, zero, block));
    const firstMaximum = g.node('ReduceMax', [firstBlock, g.constant('int64', [2])]);
    const others = sliceFrom(g, concat(g, this.#keyBlockMaxima, 0), 2, 1);
    const all = g.constant('int64', [this.#config.layers * this.#config.heads]);
    const rows = reshape(g, concat(g, [firstMaximum, others], 2), concat(g, [all, queryBlocks, block, keyBlocks], 0));
    return maximum(g, rows, 2);
  }

  #blockSum(): Value {
    const g = this.#g;
    const { block, queryBlocks, keyBlocks } = this.#inputs.run;
    const all = g.constant('int64', [this.#config.layers * this.#config.heads]);
    const columns = reshape(g, concat(g, this.#querySums, 0), concat(g, [all, queryBlocks, keyBlocks, block], 0));
    return sum(g, columns, 3);
  }
}
