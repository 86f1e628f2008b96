import type { CompiledModel } from '../../model/compile';
import { hasAttention, kindOf } from '../../model/config';
import type { AttentionPattern } from '../../shared/engine-api';
import type { Sessions } from '../sessions';
import { residualOf, type Trace } from '../trace';
import { type Block, HeadGroup, type Rows } from './head-group';
import type { Heads } from './projection';
import { type ValueWeighting, weightByValues } from './value-weighted';

/** Queries of one run: a bound on memory, and later rows need not be held against keys that earlier ones cannot see. */
const ROWS_AT_A_TIME = 512;

/** Of every layer where none is named, and of every head. */
interface ChosenHeads {
  layer?: number | undefined;
  head?: number | undefined;
  /** Whether only their mean is wanted. */
  mean: boolean;
  /** Whether each weight is multiplied by the length of what it weighs: `weightByValues`. */
  valueWeighted?: ValueWeighting | undefined;
}

/** Attention patterns, computed from the residual stream: nothing of them is kept in a trace. */
export class AttentionPatterns {
  readonly #sessions: Sessions;
  readonly #model: CompiledModel;

  constructor(sessions: Sessions, model: CompiledModel) {
    this.#sessions = sessions;
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
    const block = blockOf({ from, to }, size);
    const residual = residualOf(trace, layer, 0, to);
    const group = await this.#group(trace, residual, { layer, head, count: 1 }, { from, to }, block.columns);
    const rows = Math.ceil((to - from) / block.rows);
    const columns = Math.ceil(to / block.columns);
    const pooled = block.rows * block.columns > 1;
    const maximum = new Float32Array(rows * columns);
    // A block of one weight is its own mean, and one array crosses to another process once.
    const mean = pooled ? new Float32Array(rows * columns) : maximum;
    for (const part of partsOf({ from, to }, block.rows)) {
      const row = Math.floor((part.from - from) / block.rows);
      if (pooled) {
        const run = await group.pooled(part, block);
        copyRows(run.maximum, Math.ceil(part.to / block.columns), maximum, columns, row);
        copyRows(run.mean, Math.ceil(part.to / block.columns), mean, columns, row);
      } else {
        copyRows(await group.whole(part), part.to, maximum, columns, row);
      }
    }
    return { rowBlock: block.rows, columnBlock: block.columns, rows, columns, maximum, mean };
  }

  /** One query over some heads: [layer, head, key] for the keys 0 to the query; 0 of layers without attention, or the mean of the others. */
  async ofQuery(trace: Trace, query: number, chosen: ChosenHeads): Promise<Float32Array> {
    const { numHiddenLayers, numAttentionHeads } = this.#model.config;
    const { from: firstLayer, to: lastLayer } = oneOrAll(chosen.layer, numHiddenLayers);
    const { from: firstHead, to: lastHead } = oneOrAll(chosen.head, numAttentionHeads);
    const keys = query + 1;
    const row = { from: query, to: keys };
    const ofLayer = (lastHead - firstHead) * keys;
    const all = new Float32Array((lastLayer - firstLayer) * ofLayer);
    let looking = 0;
    for (let layer = firstLayer; layer < lastLayer; layer++) {
      if (!hasAttention(kindOf(this.#model.config, layer))) continue;
      looking += lastHead - firstHead;
      let at = (layer - firstLayer) * ofLayer;
      const residual = residualOf(trace, layer, 0, keys);
      const count = Math.min(this.#groupSize(layer), lastHead - firstHead);
      for (let head = firstHead; head < lastHead; head += count) {
        const pattern = await this.#rows(trace, residual, { layer, head, count }, row, chosen.valueWeighted);
        all.set(pattern, at);
        at += pattern.length;
      }
    }
    return chosen.mean ? meanOf(all, keys, looking) : all;
  }

  /** Some rows of one head, each weight multiplied by the length of what it weighs: [rows, keys], keys 0 to the last row. */
  async valueWeighted(
    trace: Trace,
    layer: number,
    head: number,
    rows: Rows,
    weighting: ValueWeighting,
  ): Promise<Float32Array> {
    return this.#rows(trace, residualOf(trace, layer, 0, rows.to), { layer, head, count: 1 }, rows, weighting);
  }

  /** Some rows of the mean of a layer's heads: [rows, keys], keys 0 to the last row. */
  async layerMean(trace: Trace, layer: number, { from, to }: Rows, weighting?: ValueWeighting): Promise<Float32Array> {
    const { numAttentionHeads } = this.#model.config;
    const count = this.#groupSize(layer);
    const mean = new Float32Array((to - from) * to);
    const residual = residualOf(trace, layer, 0, to);
    for (let head = 0; head < numAttentionHeads; head += count) {
      const patterns = await this.#rows(trace, residual, { layer, head, count }, { from, to }, weighting);
      for (let start = 0; start < patterns.length; start += mean.length) {
        for (let at = 0; at < mean.length; at++) {
          mean[at] = (mean[at] as number) + (patterns[start + at] as number) / numAttentionHeads;
        }
      }
    }
    return mean;
  }

  /** [heads, rows, keys], keys 0 to the last row. */
  async #rows(
    trace: Trace,
    residual: Float32Array,
    heads: Heads,
    rows: Rows,
    weighting: ValueWeighting | undefined,
  ): Promise<Float32Array> {
    const patterns = await (await this.#group(trace, residual, heads, rows)).whole(rows);
    if (weighting) await weightByValues(this.#sessions, this.#model, trace, heads, rows, residual, patterns, weighting);
    return patterns;
  }

  #group(trace: Trace, residual: Float32Array, heads: Heads, rows: Rows, blockColumns?: number): Promise<HeadGroup> {
    return HeadGroup.at(this.#sessions, this.#model, residual, heads, rows, trace, blockColumns);
  }

  /** Query heads of a layer that share a key-value head. */
  #groupSize(layer: number): number {
    return this.#model.config.numAttentionHeads / kindOf(this.#model.config, layer).numKeyValueHeads;
  }
}

function oneOrAll(one: number | undefined, count: number): Rows {
  return one === undefined ? { from: 0, to: count } : { from: one, to: one + 1 };
}

/** @param patterns [pattern, key], of which `count` are of heads; the others are 0 @returns [key] */
function meanOf(patterns: Float32Array, keys: number, count: number): Float32Array {
  const sum = new Float64Array(keys);
  for (let at = 0; at < patterns.length; at++) sum[at % keys] = (sum[at % keys] as number) + (patterns[at] as number);
  return Float32Array.from(sum, (value) => value / count);
}

/** The smallest block by which rows, and the keys before their end, are pooled to at most `size` of each. */
export function blockOf({ from, to }: Rows, size: number): Block {
  return { rows: Math.ceil(Math.max(1, (to - from) / size)), columns: Math.ceil(Math.max(1, to / size)) };
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
