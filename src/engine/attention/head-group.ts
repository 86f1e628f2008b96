import type { CompiledModel } from '../../model/compile';
import { kindOf, type LayerKind } from '../../model/config';
import { ATTENTION } from '../../model/graphs/ports';
import { causalMask, hideKeys } from '../mask';
import { type Session, type Sessions, sessionsOfHeads } from '../sessions';
import { float32, floats, int64 } from '../tensors';
import type { Trace } from '../trace';
import { headRows } from '../weight-rows';
import { type Heads, project } from './projection';

export interface Rows {
  from: number;
  to: number;
}

/** Queries and keys of a block that one number stands for. */
export interface Block {
  rows: number;
  columns: number;
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
 * Patterns of heads that share a key-value head, at rows of a trace. Runs use the same buffers again: to allocate memory
 * takes longer than to compute the pattern that goes into it.
 */
export class HeadGroup {
  readonly #session: Session;
  readonly #count: number;
  readonly #kind: LayerKind;
  readonly #projections: Projections;
  /** Of these heads, where the kind has them. */
  readonly #sinks: Float32Array | undefined;
  /** Positions that later ones may not look at. */
  readonly #hidden: readonly number[];
  #mask: Float32Array = new Float32Array();
  #pattern: Float32Array = new Float32Array();

  private constructor(
    session: Session,
    count: number,
    kind: LayerKind,
    projections: Projections,
    sinks: Float32Array | undefined,
    hidden: readonly number[],
  ) {
    this.#session = session;
    this.#count = count;
    this.#kind = kind;
    this.#projections = projections;
    this.#sinks = sinks;
    this.#hidden = hidden;
  }

  /**
   * Computes the queries of the rows and the keys of all positions up to their end, for runs of any of these rows.
   *
   * @param residual [to, C], what enters the layer.
   * @param trace of the text that these rows belong to.
   * @param blockColumns keys that one number of a pooled pattern stands for.
   */
  static async at(
    sessions: Sessions,
    model: CompiledModel,
    residual: Float32Array,
    heads: Heads,
    { from, to }: Rows,
    { ids, interventions }: Trace,
    blockColumns = 1,
  ): Promise<HeadGroup> {
    const { projection, attention } = sessionsOfHeads(sessions, model.config, heads.layer);
    const kind = kindOf(model.config, heads.layer);
    // The last block is filled up with zeros: the mask gives these keys weight 0.
    const keys = new Float32Array(Math.ceil(to / blockColumns) * blockColumns * kind.headDim);
    const queries = await project(
      projection,
      model,
      heads,
      residual,
      { first: from, textLength: ids.length, interventions },
      keys,
    );
    const sinks = kind.hasSinks ? headRows(model, heads.layer, 'sinks', heads) : undefined;
    return new HeadGroup(attention, heads.count, kind, { first: from, queries, keys }, sinks, interventions.hidden);
  }

  /** [heads, rows, keys], keys 0 to the last row, in memory that the next run writes to. */
  async whole({ from, to }: Rows): Promise<Float32Array> {
    const rows = to - from;
    // The graph pools in every run, and nobody reads that here: with a single block it costs least.
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
    // The graph divides by all keys of a block, also by those that only fill up the last one.
    const shareOfKeys = (column: number) => Math.min(1, to / block.columns - column);
    const mean = floats(results[ATTENTION.blockMean]).map((mean, at) => mean / shareOfKeys(at % columns));
    return { maximum: floats(results[ATTENTION.blockMaximum]), mean };
  }

  #feeds({ from, to }: Rows, block: Block) {
    const { first, queries, keys } = this.#projections;
    const rows = to - from;
    const columns = Math.ceil(to / block.columns) * block.columns;
    const { headDim, slidingWindow } = this.#kind;
    const wide = this.#count * headDim;
    this.#mask = this.#roomFor(this.#mask, rows);
    const shape = { from, queries: rows, keys: columns, slidingWindow };
    const mask = hideKeys(causalMask(shape, this.#mask), shape, this.#hidden);
    return {
      [ATTENTION.queries]: float32(queries.subarray((from - first) * wide, (to - first) * wide), rows, wide),
      [ATTENTION.keys]: float32(keys.subarray(0, columns * headDim), columns, headDim),
      [ATTENTION.mask]: float32(mask, rows, columns),
      [ATTENTION.blockRows]: int64([block.rows], 1),
      [ATTENTION.blockColumns]: int64([block.columns], 1),
      ...(this.#sinks && { [ATTENTION.sinks]: float32(this.#sinks, this.#count) }),
    };
  }

  /** The buffer, or a larger one. It is as large as the last rows need it, which have most keys: so it grows once. */
  #roomFor(room: Float32Array, rows: number): Float32Array {
    const size = rows * (this.#projections.keys.length / this.#kind.headDim);
    return room.length < size ? new Float32Array(size) : room;
  }
}
