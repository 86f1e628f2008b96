import type { CheckpointTensor } from '../checkpoint/checkpoint';

/** A tensor whose values are computed of another of its shape, as float32. */
export abstract class ComputedTensor implements CheckpointTensor {
  readonly type = 'F32';
  readonly name: string;
  readonly shape: readonly number[];
  readonly elementCount: number;

  constructor({ name, shape, elementCount }: CheckpointTensor) {
    this.name = name;
    this.shape = shape;
    this.elementCount = elementCount;
  }

  abstract rows(first: number, count: number): Float32Array;

  blocks(first: number, count: number): Uint8Array {
    return new Uint8Array(this.rows(first, count).buffer);
  }
}
