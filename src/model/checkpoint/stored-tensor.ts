import { dequantize } from '../tensors/dequantize';
import { byteLengthOf, elementsOf, type TensorType } from '../tensors/tensor-types';
import type { ByteSource } from './byte-source';
import type { CheckpointTensor } from './checkpoint';

export interface TensorPlace {
  name: string;
  type: TensorType;
  shape: readonly number[];
  /** In bytes from the start of the source. */
  offset: number;
}

/** A tensor whose rows lie one after another in a file, as its type has them. */
export class StoredTensor implements CheckpointTensor {
  readonly name: string;
  readonly type: TensorType;
  readonly shape: readonly number[];
  readonly elementCount: number;
  readonly #source: ByteSource;
  readonly #offset: number;

  constructor(source: ByteSource, { name, type, shape, offset }: TensorPlace) {
    this.name = name;
    this.type = type;
    this.shape = shape;
    this.elementCount = elementsOf(shape);
    this.#source = source;
    this.#offset = offset;
  }

  rows(first: number, count: number): Float32Array {
    return dequantizedRows(this, first, count);
  }

  blocks(first: number, count: number): Uint8Array {
    checkRows(this, first, count);
    const rowBytes = byteLengthOf(this.type, rowLengthOf(this));
    return this.#source.read(this.#offset + first * rowBytes, count * rowBytes);
  }
}

/** Weights of a row. A tensor without dimensions is one number. */
export const rowLengthOf = ({ shape }: CheckpointTensor): number => shape.at(-1) ?? 1;

/** Rows of a tensor as float32, from its blocks. */
export function dequantizedRows(tensor: CheckpointTensor, first: number, count: number): Float32Array {
  const weights = new Float32Array(count * rowLengthOf(tensor));
  dequantize(tensor.type, tensor.blocks(first, count), weights);
  return weights;
}

/** @throws RangeError where a tensor does not have these rows: whoever asks knows its shape. */
export function checkRows({ name, shape }: CheckpointTensor, first: number, count: number): void {
  const rows = elementsOf(shape.slice(0, -1));
  if (first < 0 || count < 0 || first + count > rows) {
    throw new RangeError(`rows ${first} to ${first + count} of ${rows} in ${name}`);
  }
}
