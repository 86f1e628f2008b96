import { Tensor } from 'onnxruntime-node';

export const float32 = (values: Float32Array, ...shape: number[]): Tensor => new Tensor('float32', values, shape);

export const int64 = (values: ArrayLike<number>, ...shape: number[]): Tensor =>
  new Tensor('int64', BigInt64Array.from(Array.from(values), BigInt), shape);

/** The values of a float32 result. */
export function floats(tensor: Tensor | undefined): Float32Array {
  if (!(tensor?.data instanceof Float32Array)) throw new TypeError('the runtime gave no float32 result');
  return tensor.data;
}

/** The values of an int64 result whose values are counts or ids. */
export function counts(tensor: Tensor | undefined): Uint32Array {
  if (!(tensor?.data instanceof BigInt64Array)) throw new TypeError('the runtime gave no int64 result');
  return Uint32Array.from(tensor.data, Number);
}
