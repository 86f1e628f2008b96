import { Tensor } from 'onnxruntime-node';
import type { CompiledModel } from '../../model/compile';
import { ATTENTION } from '../../model/graphs/ports';
import { causalMask } from '../mask';
import type { Session } from '../sessions';
import { float32, floats, int64 } from '../tensors';
import { residualOf, type Trace } from '../trace';
import { weightRows } from '../weight-rows';

export interface Rows {
  from: number;
  to: number;
}

/** Queries and keys of a block that one number stands for. */
export interface Block {
  rows: number;
  columns: number;
}

/** Of `count` heads that share one key-value head, as the lens is fed with them. */
export interface HeadWeights {
  count: number;
  feeds: Record<string, Tensor>;
}

/**
 * Patterns of a layer's heads, from the residual stream that enters it: the layer's norm, queries and keys with their
 * rotation, and the softmax. Runs share what they read and the memory that they need, because the system takes longer to
 * hand out a page than the lens to fill it.
 */
export class LayerHeads {
  readonly #session: Session;
  readonly #model: CompiledModel;
  readonly #layer: number;
  /** The residual stream that enters the layer, [K, C], and the positions of the keys, [K]. */
  readonly #residual: Float32Array;
  readonly #positions: BigInt64Array;
  #mask: Float32Array = new Float32Array();
  #pattern: Float32Array = new Float32Array();

  /** @param end all queries, and so all keys, are before it; @param blockColumns keys of a pooled block. */
  constructor(session: Session, model: CompiledModel, trace: Trace, layer: number, end: number, blockColumns: number) {
    this.#session = session;
    this.#model = model;
    this.#layer = layer;
    const { width, context } = model.config;
    // Keys from `end` on only fill the last block: the mask hides them, and what they are does not matter.
    const keys = Math.ceil(end / blockColumns) * blockColumns;
    this.#residual = filledTo(residualOf(trace, layer, 0, end), keys * width);
    this.#positions = new BigInt64Array(keys);
    for (let at = 0; at < keys; at++) this.#positions[at] = BigInt(Math.min(at, context - 1));
  }

  /** @param head the first of `count` that share a key-value head. */
  weights(head: number, count: number): HeadWeights {
    const { config, architecture } = this.#model;
    const { headWidth, width } = config;
    const names = architecture.attentionWeights(this.#layer);
    const keyValueHead = Math.floor(head / (config.heads / config.keyValueHeads));
    const rows = (name: string, first: number, n: number) =>
      float32(weightRows(this.#model, name, first * headWidth, n * headWidth), n * headWidth, width);
    const feeds = {
      [ATTENTION.norm]: float32(weightRows(this.#model, names.norm), width),
      [ATTENTION.query]: rows(names.query, head, count),
      [ATTENTION.key]: rows(names.key, keyValueHead, 1),
    };
    return { count, feeds };
  }

  /** [heads, rows, keys], keys 0 to the last row, in memory that the next run writes to. */
  async whole({ count, feeds }: HeadWeights, { from, to }: Rows): Promise<Float32Array> {
    const rows = to - from;
    // One block for all: the pooling that nobody reads then costs least.
    const positions = this.#feeds({ from, to }, { rows, columns: to });
    this.#pattern = roomFor(this.#pattern, count * rows, this.#keys);
    const pattern = this.#pattern.subarray(0, count * rows * to);
    await this.#session.run({ ...feeds, ...positions }, { [ATTENTION.pattern]: float32(pattern, count, rows, to) });
    return pattern;
  }

  /** [row blocks, key blocks] of one head, of rows that are a multiple of the block's or fewer than it. */
  async pooled({ feeds }: HeadWeights, { from, to }: Rows, block: Block) {
    const blockRows = Math.min(block.rows, to - from);
    const positions = this.#feeds({ from, to }, { rows: blockRows, columns: block.columns });
    const results = await this.#session.run({ ...feeds, ...positions }, [ATTENTION.blockMaximum, ATTENTION.blockMean]);
    const columns = Math.ceil(to / block.columns);
    // Keys that only fill the last block have weight 0, and count for nothing.
    const seen = (column: number) => Math.min(1, to / block.columns - column);
    const mean = floats(results[ATTENTION.blockMean]).map((mean, at) => mean / seen(at % columns));
    return { maximum: floats(results[ATTENTION.blockMaximum]), mean };
  }

  #feeds({ from, to }: Rows, block: Block): Record<string, Tensor> {
    const { width } = this.#model.config;
    const rows = to - from;
    const columns = Math.ceil(to / block.columns) * block.columns;
    this.#mask = roomFor(this.#mask, rows, this.#keys);
    return {
      [ATTENTION.queries]: float32(this.#residual.subarray(from * width, to * width), rows, width),
      [ATTENTION.keys]: float32(this.#residual.subarray(0, columns * width), columns, width),
      [ATTENTION.queryPositions]: new Tensor('int64', this.#positions.subarray(from, to), [1, rows]),
      [ATTENTION.keyPositions]: new Tensor('int64', this.#positions.subarray(0, columns), [1, columns]),
      [ATTENTION.mask]: float32(causalMask(from, rows, columns, this.#mask), rows, columns),
      [ATTENTION.blockRows]: int64([block.rows], 1),
      [ATTENTION.blockColumns]: int64([block.columns], 1),
    };
  }

  /** K: `end`, and what fills its last block. */
  get #keys(): number {
    return this.#positions.length;
  }
}

function filledTo(values: Float32Array, length: number): Float32Array {
  if (values.length === length) return values;
  const filled = new Float32Array(length);
  filled.set(values);
  return filled;
}

/** As it is, or new: as large as the last run will need it, so that it is not made for each. */
function roomFor(room: Float32Array, rows: number, keys: number): Float32Array {
  return room.length < rows * keys ? new Float32Array(rows * keys) : room;
}
