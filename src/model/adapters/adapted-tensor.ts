import { sentence, VitrineError } from '../../shared/errors';
import type { CheckpointTensor } from '../checkpoint/checkpoint';
import { rowLengthOf } from '../checkpoint/stored-tensor';
import { elementsOf } from '../tensors/tensor-types';
import { type Factor, type LowRank, shapeOf } from './adapter';

/** The factors of a matrix, row-major. */
interface Factors {
  /** [rows, rank] */
  left: Float32Array;
  /** [rank, width] */
  right: Float32Array;
}

/** A matrix of a checkpoint with what an adapter adds to it: products in float64, rounded once to float32. */
export class AdaptedTensor implements CheckpointTensor {
  readonly type = 'F32';
  readonly name: string;
  readonly shape: readonly number[];
  readonly elementCount: number;
  readonly #base: CheckpointTensor;
  readonly #addition: LowRank;
  /** Of the adapter, which names it in errors. */
  readonly #path: string;
  /** A view may ask for one row at a time. */
  #factors: WeakRef<Factors> | undefined;

  constructor(base: CheckpointTensor, addition: LowRank, path: string) {
    this.name = base.name;
    this.shape = base.shape;
    this.elementCount = base.elementCount;
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

  blocks(first: number, count: number): Uint8Array {
    return new Uint8Array(this.rows(first, count).buffer);
  }

  #readFactors(): Factors {
    const known = this.#factors?.deref();
    if (known) return known;
    const { left, right } = this.#addition;
    const factors = { left: this.#read(left), right: this.#read(right) };
    this.#factors = new WeakRef(factors);
    return factors;
  }

  #read(factor: Factor): Float32Array {
    const { tensor } = factor;
    const values = tensor.rows(0, elementsOf(tensor.shape.slice(0, -1)));
    if (!values.every(Number.isFinite)) {
      throw new VitrineError(
        'adapter.notFinite',
        sentence`${this.#path}: the tensor ${tensor.name} holds a weight that is no finite number. The adapter is damaged: get it again.`,
      );
    }
    return factor.transposed ? transpose(values, shapeOf(factor)) : values;
  }
}

/** @param shape of what it becomes */
function transpose(values: Float32Array, [rows, columns]: [number, number]): Float32Array {
  const result = new Float32Array(values.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      result[row * columns + column] = values[column * rows + row] as number;
    }
  }
  return result;
}
