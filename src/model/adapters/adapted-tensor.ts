import type { CheckpointTensor } from '../checkpoint/checkpoint';
import { rowLengthOf } from '../checkpoint/stored-tensor';
import type { LowRank } from './adapter';
import { ComputedTensor } from './computed-tensor';
import { type Factors, readFactors } from './factors';

/** A matrix of a checkpoint with what an adapter adds to it: products in float64, rounded once to float32. */
export class AdaptedTensor extends ComputedTensor {
  readonly #base: CheckpointTensor;
  readonly #addition: LowRank;
  /** Of the adapter, which names it in errors. */
  readonly #path: string;
  /** A view may ask for one row at a time. */
  #factors: WeakRef<Factors> | undefined;

  constructor(base: CheckpointTensor, addition: LowRank, path: string) {
    super(base);
    this.#base = base;
    this.#addition = addition;
    this.#path = path;
  }

  rows(first: number, count: number): Float32Array {
    const values = this.#base.rows(first, count);
    const { left, right } = this.#readFactors();
    const width = rowLengthOf(this);
    const rank = right.length / width;
    const { scale } = this.#addition;
    const sum = new Float64Array(width);
    for (let row = 0; row < count; row++) {
      sum.fill(0);
      for (let r = 0; r < rank; r++) {
        const factor = left[(first + row) * rank + r] as number;
        const offset = r * width;
        for (let i = 0; i < width; i++) sum[i] = (sum[i] as number) + factor * (right[offset + i] as number);
      }
      const offset = row * width;
      for (let i = 0; i < width; i++) values[offset + i] = (values[offset + i] as number) + scale * (sum[i] as number);
    }
    return values;
  }

  #readFactors(): Factors {
    const known = this.#factors?.deref();
    if (known) return known;
    const factors = readFactors(this.#addition, this.#path);
    this.#factors = new WeakRef(factors);
    return factors;
  }
}
