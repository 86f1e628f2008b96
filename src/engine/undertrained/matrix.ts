import { setImmediate } from 'node:timers/promises';
import type { CompiledModel } from '../../model/compile';
import type { Work } from '../../shared/progress';
import { readWeight, rowsOfWeight } from '../weight-rows';

/** Numbers in memory at a time: 16 MB. */
const BLOCK_NUMBERS = 4e6;

/** A matrix of the weights, which is read in blocks of rows: those of large vocabularies have gigabytes. */
export class Matrix {
  readonly rows: number;
  readonly width: number;

  constructor(
    private readonly model: CompiledModel,
    private readonly name: 'embedding' | 'unembedding',
  ) {
    const [rows, width] = model.weights.get(name)?.shape ?? [];
    if (rows === undefined || width === undefined) throw new Error(`there is no matrix '${name}'`);
    this.rows = rows;
    this.width = width;
  }

  /** Visits every row, in order. @throws AbortError, VitrineError `engine.weights` */
  async each({ signal, progress }: Work, visit: (row: Float32Array, index: number) => void): Promise<void> {
    const most = Math.max(1, Math.floor(BLOCK_NUMBERS / this.width));
    const block = new Float32Array(Math.min(most, this.rows) * this.width);
    for (let first = 0; first < this.rows; first += most) {
      progress(first, this.rows);
      await setImmediate();
      signal.throwIfAborted();
      const count = Math.min(most, this.rows - first);
      readWeight(this.model, this.name, block.subarray(0, count * this.width), first);
      for (let i = 0; i < count; i++) visit(block.subarray(i * this.width, (i + 1) * this.width), first + i);
    }
    progress(this.rows, this.rows);
  }

  /** The mean of some rows. */
  meanOf(rows: ArrayLike<number>): Float64Array {
    const values = rowsOfWeight(this.model, this.name, rows);
    const mean = new Float64Array(this.width);
    for (const [i, value] of values.entries())
      mean[i % this.width] = (mean[i % this.width] as number) + value / rows.length;
    return mean;
  }
}
