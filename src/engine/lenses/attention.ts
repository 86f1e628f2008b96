import type { Tensor } from 'onnxruntime-node';
import type { CompiledModel } from '../../model/compile';
import { ATTENTION } from '../../model/graphs/ports';
import type { AttentionPattern } from '../../shared/engine-api';
import { causalMask } from '../mask';
import type { Session } from '../sessions';
import { float32, floats, int64 } from '../tensors';
import { residualOf, type Trace } from '../trace';
import { weightRows } from '../weight-rows';

/** Queries of one run: a bound on memory, and later rows need not be held against keys that earlier ones cannot see. */
const ROWS_AT_A_TIME = 1024;

export interface Rows {
  from: number;
  to: number;
}

/** Queries and keys of a block that one number stands for. */
interface Block {
  rows: number;
  columns: number;
}

/** Of every layer where none is named, and of every head. */
interface ChosenHeads {
  layer?: number | undefined;
  head?: number | undefined;
  /** Whether only their mean is wanted. */
  mean: boolean;
}

/**
 * Attention patterns computed from the residual stream: the layer's norm, the head's queries and keys with their rotation,
 * and the softmax. Nothing of them is kept in a trace.
 */
export class AttentionLens {
  readonly #session: Session;
  readonly #model: CompiledModel;

  constructor(session: Session, model: CompiledModel) {
    this.#session = session;
    this.#model = model;
  }

  /** Some rows of one head, whole or pooled to at most `size` rows and columns. Keys run from 0 to the last row. */
  async pattern(
    trace: Trace,
    layer: number,
    head: number,
    { from, to }: Rows,
    size = Number.POSITIVE_INFINITY,
  ): Promise<AttentionPattern> {
    const weights = this.#weights(layer, head, 1);
    const block = { rows: Math.ceil(Math.max(1, (to - from) / size)), columns: Math.ceil(Math.max(1, to / size)) };
    const rows = Math.ceil((to - from) / block.rows);
    const columns = Math.ceil(to / block.columns);
    const pooled = block.rows * block.columns > 1;
    const maximum = new Float32Array(rows * columns);
    // A block of one weight is its own mean, and one array crosses to another process once.
    const mean = pooled ? new Float32Array(rows * columns) : maximum;
    for (const part of partsOf({ from, to }, block.rows)) {
      const row = Math.floor((part.from - from) / block.rows);
      if (pooled) {
        const run = await this.#runPooled(trace, layer, weights, part, block);
        copyRows(run.maximum, Math.ceil(part.to / block.columns), maximum, columns, row);
        copyRows(run.mean, Math.ceil(part.to / block.columns), mean, columns, row);
      } else {
        copyRows(await this.#runWhole(trace, layer, weights, part), part.to, maximum, columns, row);
      }
    }
    return { rowBlock: block.rows, columnBlock: block.columns, rows, columns, maximum, mean };
  }

  /** One query over some heads: [layer, head, key] for the keys 0 to the query. */
  async ofQuery(trace: Trace, query: number, chosen: ChosenHeads): Promise<Float32Array> {
    const { layers, heads, keyValueHeads } = this.#model.config;
    const { from: firstLayer, to: lastLayer } = oneOrAll(chosen.layer, layers);
    const { from: firstHead, to: lastHead } = oneOrAll(chosen.head, heads);
    const group = Math.min(heads / keyValueHeads, lastHead - firstHead);
    const keys = query + 1;
    const all = new Float32Array((lastLayer - firstLayer) * (lastHead - firstHead) * keys);
    let at = 0;
    for (let layer = firstLayer; layer < lastLayer; layer++) {
      for (let head = firstHead; head < lastHead; head += group) {
        const weights = this.#weights(layer, head, group);
        const pattern = await this.#runWhole(trace, layer, weights, { from: query, to: keys });
        all.set(pattern, at);
        at += pattern.length;
      }
    }
    return chosen.mean ? meanOf(all, keys) : all;
  }

  /** Some rows of the mean of a layer's heads: [rows, keys], keys 0 to the last row. */
  async layerMean(trace: Trace, layer: number, { from, to }: Rows): Promise<Float32Array> {
    const { heads, keyValueHeads } = this.#model.config;
    const group = heads / keyValueHeads;
    const mean = new Float32Array((to - from) * to);
    for (let head = 0; head < heads; head += group) {
      const patterns = await this.#runWhole(trace, layer, this.#weights(layer, head, group), { from, to });
      for (let start = 0; start < patterns.length; start += mean.length) {
        for (let at = 0; at < mean.length; at++) {
          mean[at] = (mean[at] as number) + (patterns[start + at] as number) / heads;
        }
      }
    }
    return mean;
  }

  /** [heads, rows, keys] */
  async #runWhole(trace: Trace, layer: number, weights: Record<string, Tensor>, rows: Rows): Promise<Float32Array> {
    // One block for all: the pooling that nobody reads then costs least.
    const feeds = this.#feeds(trace, layer, rows, { rows: rows.to - rows.from, columns: rows.to });
    const results = await this.#session.run({ ...feeds, ...weights }, [ATTENTION.pattern]);
    return floats(results[ATTENTION.pattern]);
  }

  /** [row blocks, key blocks], of rows that are a multiple of the block's or fewer than it. */
  async #runPooled(trace: Trace, layer: number, weights: Record<string, Tensor>, rows: Rows, block: Block) {
    const blockRows = Math.min(block.rows, rows.to - rows.from);
    const feeds = this.#feeds(trace, layer, rows, { rows: blockRows, columns: block.columns });
    const results = await this.#session.run({ ...feeds, ...weights }, [ATTENTION.blockMaximum, ATTENTION.blockSum]);
    const columns = Math.ceil(rows.to / block.columns);
    const width = (column: number) => Math.min(block.columns, rows.to - column * block.columns);
    const mean = floats(results[ATTENTION.blockSum]).map((sum, at) => sum / (blockRows * width(at % columns)));
    return { maximum: floats(results[ATTENTION.blockMaximum]), mean };
  }

  #feeds(trace: Trace, layer: number, { from, to }: Rows, block: Block): Record<string, Tensor> {
    const { width, context } = this.#model.config;
    const rows = to - from;
    // Keys past the last row only fill the last block: the mask hides them, and what they are does not matter.
    const columns = Math.ceil(to / block.columns) * block.columns;
    const seen = residualOf(trace, layer, 0, to);
    const keys = columns === to ? seen : new Float32Array(columns * width);
    if (keys !== seen) keys.set(seen);
    const positions = (start: number, count: number) => {
      const all = Uint32Array.from({ length: count }, (_, i) => Math.min(start + i, context - 1));
      return int64(all, 1, count);
    };
    return {
      [ATTENTION.queries]: float32(seen.subarray(from * width), rows, width),
      [ATTENTION.keys]: float32(keys, columns, width),
      [ATTENTION.queryPositions]: positions(from, rows),
      [ATTENTION.keyPositions]: positions(0, columns),
      [ATTENTION.mask]: float32(causalMask(from, rows, columns), rows, columns),
      [ATTENTION.blockRows]: int64([block.rows], 1),
      [ATTENTION.blockColumns]: int64([block.columns], 1),
    };
  }

  /** The layer's weights for `count` heads from `head` on, which share one key-value head. */
  #weights(layer: number, head: number, count: number): Record<string, Tensor> {
    const { config, architecture } = this.#model;
    const { headWidth, width } = config;
    const names = architecture.attentionWeights(layer);
    const keyValueHead = Math.floor(head / (config.heads / config.keyValueHeads));
    const rows = (name: string, first: number, n: number) =>
      float32(weightRows(this.#model, name, first * headWidth, n * headWidth), n * headWidth, width);
    return {
      [ATTENTION.norm]: float32(weightRows(this.#model, names.norm), width),
      [ATTENTION.query]: rows(names.query, head, count),
      [ATTENTION.key]: rows(names.key, keyValueHead, 1),
    };
  }
}

function oneOrAll(one: number | undefined, count: number): Rows {
  return one === undefined ? { from: 0, to: count } : { from: one, to: one + 1 };
}

/** @param patterns [pattern, key] @returns [key] */
function meanOf(patterns: Float32Array, keys: number): Float32Array {
  const sum = new Float64Array(keys);
  for (let at = 0; at < patterns.length; at++) sum[at % keys] = (sum[at % keys] as number) + (patterns[at] as number);
  return Float32Array.from(sum, (value) => (value * keys) / patterns.length);
}

/** Rows in parts of bounded size: parts of full blocks, and what is left over by itself. */
export function* partsOf({ from, to }: Rows, blockRows: number): Generator<Rows> {
  const step = Math.max(1, Math.floor(ROWS_AT_A_TIME / blockRows)) * blockRows;
  const lastFullBlock = from + Math.floor((to - from) / blockRows) * blockRows;
  for (let start = from; start < lastFullBlock; start += step)
    yield { from: start, to: Math.min(start + step, lastFullBlock) };
  if (lastFullBlock < to) yield { from: lastFullBlock, to };
}

/** Rows of `width` values into rows of `wide` ones, from a row on; what is not covered stays 0. */
function copyRows(from: Float32Array, width: number, to: Float32Array, wide: number, firstRow: number): void {
  for (let row = 0; row * width < from.length; row++) {
    to.set(from.subarray(row * width, (row + 1) * width), (firstRow + row) * wide);
  }
}
