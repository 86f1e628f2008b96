import type { CompiledModel } from '../../model/compile';
import { ATTENTION } from '../../model/graphs/ports';
import { causalMask } from '../mask';
import type { Session, Sessions } from '../sessions';
import { float32, floats, int64 } from '../tensors';
import { project } from './projection';

export interface Rows {
  from: number;
  to: number;
}

/** Queries and keys of a block that one number stands for. */
export interface Block {
  rows: number;
  columns: number;
}

/** `count` heads of a layer, from `head` on, that share a key-value head. */
export interface Heads {
  layer: number;
  head: number;
  count: number;
}

/** Queries of some rows of a trace, and keys of all positions up to the last of them. */
interface Projections {
  /** The position of the first query. */
  first: number;
  /** [R, G·D] and [K, D] */
  queries: Float32Array;
  keys: Float32Array;
}

/**
 * Patterns of heads that share a key-value head, at rows of a trace. Runs share their memory, because the system takes
 * longer to hand out a page than the lens to fill it.
 */
export class HeadGroup {
  readonly #session: Session;
  readonly #count: number;
  readonly #headDim: number;
  readonly #projections: Projections;
  #mask: Float32Array = new Float32Array();
  #pattern: Float32Array = new Float32Array();

  private constructor(session: Session, count: number, headDim: number, projections: Projections) {
    this.#session = session;
    this.#count = count;
    this.#headDim = headDim;
    this.#projections = projections;
  }

  /**
   * Ready for runs of any of some rows, pooled in blocks of so many keys.
   *
   * @param residual [to, C], what enters the layer.
   */
  static async at(
    { projection, attention }: Sessions,
    model: CompiledModel,
    residual: Float32Array,
    { layer, head, count }: Heads,
    { from, to }: Rows,
    blockColumns = 1,
  ): Promise<HeadGroup> {
    const { hiddenSize, headDim, numAttentionHeads, numKeyValueHeads } = model.config;
    const { norm, query, key } = model.architecture.attentionWeights(layer);
    const queries = new Float32Array((to - from) * count * headDim);
    await project(
      projection,
      model,
      { norm, weight: query, head, count },
      residual.subarray(from * hiddenSize),
      from,
      queries,
    );
    // Keys past the last row only fill the last block: the mask hides them, and what they are does not matter.
    const keys = new Float32Array(Math.ceil(to / blockColumns) * blockColumns * headDim);
    const shared = Math.floor(head / (numAttentionHeads / numKeyValueHeads));
    await project(projection, model, { norm, weight: key, head: shared, count: 1 }, residual, 0, keys);
    return new HeadGroup(attention, count, headDim, { first: from, queries, keys });
  }

  /** [heads, rows, keys], keys 0 to the last row, in memory that the next run writes to. */
  async whole({ from, to }: Rows): Promise<Float32Array> {
    const rows = to - from;
    // One block for all: the pooling that nobody reads then costs least.
    const feeds = this.#feeds({ from, to }, { rows, columns: to });
    this.#pattern = this.#roomFor(this.#pattern, this.#count * rows);
    const pattern = this.#pattern.subarray(0, this.#count * rows * to);
    await this.#session.run(feeds, { [ATTENTION.pattern]: float32(pattern, this.#count, rows, to) });
    return pattern;
  }

  /** [row blocks, key blocks] of one head, of rows that are a multiple of the block's or fewer than it. */
  async pooled({ from, to }: Rows, block: Block) {
    const feeds = this.#feeds({ from, to }, { rows: Math.min(block.rows, to - from), columns: block.columns });
    const results = await this.#session.run(feeds, [ATTENTION.blockMaximum, ATTENTION.blockMean]);
    const columns = Math.ceil(to / block.columns);
    // Keys that only fill the last block have weight 0, and count for nothing.
    const seen = (column: number) => Math.min(1, to / block.columns - column);
    const mean = floats(results[ATTENTION.blockMean]).map((mean, at) => mean / seen(at % columns));
    return { maximum: floats(results[ATTENTION.blockMaximum]), mean };
  }

  #feeds({ from, to }: Rows, block: Block) {
    const { first, queries, keys } = this.#projections;
    const rows = to - from;
    const columns = Math.ceil(to / block.columns) * block.columns;
    const wide = this.#count * this.#headDim;
    this.#mask = this.#roomFor(this.#mask, rows);
    return {
      [ATTENTION.queries]: float32(queries.subarray((from - first) * wide, (to - first) * wide), rows, wide),
      [ATTENTION.keys]: float32(keys.subarray(0, columns * this.#headDim), columns, this.#headDim),
      [ATTENTION.mask]: float32(causalMask(from, rows, columns, this.#mask), rows, columns),
      [ATTENTION.blockRows]: int64([block.rows], 1),
      [ATTENTION.blockColumns]: int64([block.columns], 1),
    };
  }

  /** As it is, or new: for rows of all keys, which the last run needs, so that it is not made for each. */
  #roomFor(room: Float32Array, rows: number): Float32Array {
    const size = rows * (this.#projections.keys.length / this.#headDim);
    return room.length < size ? new Float32Array(size) : room;
  }
}
