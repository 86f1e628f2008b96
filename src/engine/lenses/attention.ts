import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { CompiledModel } from '../../model/compile';
import { ATTENTION } from '../../model/graphs/ports';
import { WEIGHTS_FILE } from '../../model/weights';
import type { AttentionPattern } from '../../shared/engine-api';
import { causalMask } from '../mask';
import type { Session } from '../sessions';
import { float32, floats, int64 } from '../tensors';
import { residualOf, type Trace } from '../trace';

/** Queries of one run: a bound on memory, and later rows need not be held against keys that earlier ones cannot see. */
const ROWS_AT_A_TIME = 1024;

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

  /**
   * One head's rows [from, to), whole or pooled to at most `size` rows and columns.
   * Keys run from 0 to the last row.
   */
  async pattern(
    trace: Trace,
    layer: number,
    head: number,
    from: number,
    to: number,
    size = Number.POSITIVE_INFINITY,
  ): Promise<AttentionPattern> {
    const weights = this.#weights(layer, head, 1);
    const rowBlock = Math.max(1, Math.ceil((to - from) / size));
    const columnBlock = Math.max(1, Math.ceil(to / size));
    const rows = Math.ceil((to - from) / rowBlock);
    const columns = Math.ceil(to / columnBlock);
    const result: AttentionPattern = {
      ...{ rowBlock, columnBlock, rows, columns },
      maximum: new Float32Array(rows * columns),
      mean: new Float32Array(rows * columns),
    };
    const pooled = rowBlock * columnBlock > 1;
    const step = Math.max(rowBlock, Math.floor(ROWS_AT_A_TIME / rowBlock) * rowBlock);
    for (let start = from; start < to; start = nextStart(start, to, step, rowBlock)) {
      const end = nextStart(start, to, step, rowBlock);
      const blockRows = Math.min(rowBlock, end - start);
      const run = await this.#run(
        trace,
        layer,
        weights,
        start,
        end,
        pooled ? blockRows : end - start,
        columnBlock,
        pooled,
      );
      const firstRow = Math.floor((start - from) / rowBlock);
      copyRows(run.maximum, run.columns, result.maximum, columns, firstRow);
      copyRows(run.mean, run.columns, result.mean, columns, firstRow);
    }
    return result;
  }

  /** One query over every layer and head: [layer, head, key] for the keys 0 to the query. */
  async ofQuery(trace: Trace, query: number): Promise<Float32Array> {
    const { layers, heads, keyValueHeads } = this.#model.config;
    const group = heads / keyValueHeads;
    const keys = query + 1;
    const all = new Float32Array(layers * heads * keys);
    for (let layer = 0; layer < layers; layer++) {
      for (let head = 0; head < heads; head += group) {
        const weights = this.#weights(layer, head, group);
        const { maximum } = await this.#run(trace, layer, weights, query, keys, 1, 1, false);
        all.set(maximum, (layer * heads + head) * keys);
      }
    }
    return all;
  }

  async #run(
    trace: Trace,
    layer: number,
    weights: Record<string, ReturnType<typeof float32>>,
    from: number,
    to: number,
    blockRows: number,
    blockColumns: number,
    pooled: boolean,
  ): Promise<{ columns: number; maximum: Float32Array; mean: Float32Array }> {
    const { width } = this.#model.config;
    const rows = to - from;
    // Keys past the last row are zeros that the mask hides: they only fill the last block.
    const columns = Math.ceil(to / blockColumns) * blockColumns;
    const seen = residualOf(trace, layer, 0, to);
    const keys = columns === to ? seen : extended(seen, columns * width);
    const positions = (start: number, count: number) =>
      int64(
        Uint32Array.from({ length: count }, (_, i) => Math.min(start + i, this.#model.config.context - 1)),
        1,
        count,
      );
    const outputs = pooled ? [ATTENTION.blockMaximum, ATTENTION.blockSum] : [ATTENTION.pattern];
    const results = await this.#session.run(
      {
        [ATTENTION.queries]: float32(seen.subarray(from * width), rows, width),
        [ATTENTION.keys]: float32(keys, columns, width),
        [ATTENTION.queryPositions]: positions(from, rows),
        [ATTENTION.keyPositions]: positions(0, columns),
        [ATTENTION.mask]: float32(causalMask(from, rows, columns), rows, columns),
        [ATTENTION.blockRows]: int64([blockRows], 1),
        [ATTENTION.blockColumns]: int64([pooled ? blockColumns : columns], 1),
        ...weights,
      },
      outputs,
    );
    if (!pooled) {
      const pattern = floats(results[ATTENTION.pattern]);
      return { columns, maximum: pattern, mean: pattern };
    }
    const blocks = columns / blockColumns;
    const sums = floats(results[ATTENTION.blockSum]);
    const mean = sums.map((sum, at) => sum / (blockRows * Math.min(blockColumns, to - (at % blocks) * blockColumns)));
    return { columns: blocks, maximum: floats(results[ATTENTION.blockMaximum]), mean };
  }

  /** The layer's weights for `count` heads from `head` on, which share one key-value head; read from the weights file. */
  #weights(layer: number, head: number, count: number): Record<string, ReturnType<typeof float32>> {
    const { config, architecture, weightsFolder, weights } = this.#model;
    const names = architecture.attentionWeights(layer);
    const headSize = config.headWidth * config.width;
    const keyValueHead = Math.floor(head / (config.heads / config.keyValueHeads));
    const file = openSync(join(weightsFolder, WEIGHTS_FILE), 'r');
    const read = (name: string, from: number, ...shape: number[]) => {
      const placed = weights.get(name);
      if (!placed) throw new Error(`there is no weight '${name}'`);
      const values = new Float32Array(shape.reduce((product, size) => product * size, 1));
      readSync(file, values, 0, values.byteLength, placed.offset + from * Float32Array.BYTES_PER_ELEMENT);
      return float32(values, ...shape);
    };
    try {
      return {
        [ATTENTION.norm]: read(names.norm, 0, config.width),
        [ATTENTION.query]: read(names.query, head * headSize, count * config.headWidth, config.width),
        [ATTENTION.key]: read(names.key, keyValueHead * headSize, config.headWidth, config.width),
      };
    } finally {
      closeSync(file);
    }
  }
}

/** Where the run after the one that begins at `start` begins: full blocks first, and a last smaller one by itself. */
function nextStart(start: number, to: number, step: number, rowBlock: number): number {
  const left = to - start;
  if (left >= step) return start + step;
  const whole = Math.floor(left / rowBlock) * rowBlock;
  return whole > 0 ? start + whole : to;
}

/** Rows of `width` values into rows of `wide` ones, from a row on; what is not covered stays 0. */
function copyRows(from: Float32Array, width: number, to: Float32Array, wide: number, firstRow: number): void {
  for (let row = 0; row * width < from.length; row++) {
    to.set(from.subarray(row * width, (row + 1) * width), (firstRow + row) * wide);
  }
}

function extended(values: Float32Array, length: number): Float32Array {
  const whole = new Float32Array(length);
  whole.set(values);
  return whole;
}
