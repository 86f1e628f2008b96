import { Tensor } from 'onnxruntime-node';

export const float32 = (values: Float32Array, ...shape: number[]): Tensor => new Tensor('float32', values, shape);

export function int64(values: ArrayLike<number>, ...shape: number[]): Tensor {
  const all = new BigInt64Array(values.length);
  for (let at = 0; at < all.length; at++) all[at] = BigInt(values[at] as number);
  return new Tensor('int64', all, shape);
}

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
