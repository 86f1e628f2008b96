import { float32, floats } from '../../src/engine/tensors';
import type { Value } from '../../src/model/onnx/graph';
import { packedLayout } from '../../src/model/packed/layout';
import { packRows } from '../../src/model/packed/pack-rows';
import type { PackedType } from '../../src/model/packed/packed-form';
import { packedLinear } from '../../src/model/packed/packed-linear';
import { dequantize } from '../../src/model/tensors/dequantize';
import { byteLengthOf, TENSOR_TYPES } from '../../src/model/tensors/tensor-types';
import { largestDifference } from './compare';
import { runGraph } from './run-graph';

/** Where a block has its float16 scales. MXFP4's is a byte. */
const SCALE_OFFSETS: Readonly<Record<PackedType, readonly number[]>> = {
  Q4_0: [0],
  Q4_1: [0, 2],
  Q5_0: [0],
  Q5_1: [0, 2],
  Q8_0: [0],
  Q2_K: [80, 82],
  Q3_K: [108],
  Q4_K: [0, 2],
  Q5_K: [0, 2],
  Q6_K: [208],
  IQ4_NL: [0],
  IQ4_XS: [0],
  MXFP4: [],
};

/** Numbers from 0 to 2^32 that are the same in each run (Marsaglia 2003, xorshift). */
export function randomWords(seed = 1): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

/** Random blocks; `float16Scale` gives the bits of each scale. */
export function randomBlocks(
  type: PackedType,
  weights: number,
  {
    next = randomWords(),
    float16Scale = ordinaryScale,
  }: { next?: () => number; float16Scale?: typeof ordinaryScale } = {},
): Uint8Array {
  const blocks = Uint8Array.from({ length: byteLengthOf(type, weights) }, () => next() >>> 24);
  const view = new DataView(blocks.buffer);
  for (let at = 0; at < blocks.length; at += TENSOR_TYPES[type].blockBytes) {
    if (type === 'MXFP4') blocks[at] = 118 + (next() % 4);
    for (const offset of SCALE_OFFSETS[type]) view.setUint16(at + offset, float16Scale(next()), true);
  }
  return blocks;
}

/** A float16 of either sign between 2^-7 and 2^-6. */
const ordinaryScale = (random: number): number => (random & 0x83ff) | 0x2000;

export function dequantized(type: PackedType, blocks: Uint8Array, weights: number): Float32Array {
  const values = new Float32Array(weights);
  dequantize(type, blocks, values);
  return values;
}

/** Rows [T, columns] times a packed matrix [rows, columns], in the runtime: [T, rows]. */
export async function packedProduct(
  type: PackedType,
  [rows, columns]: readonly [number, number],
  blocks: Uint8Array,
  x: Float32Array,
  provider: 'cpu' | 'webgpu' = 'cpu',
): Promise<Float32Array> {
  const packed = packRows(type, blocks, rows * columns);
  const [result] = await runGraph(
    (g) => {
      for (const { name, type: elementType, shape } of packedLayout(type, [rows, columns])) {
        const array = packed[name] as Uint8Array | Float32Array;
        const data = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
        g.initializers.push({ name, type: elementType, shape, data });
      }
      const part = (name: string) => name as Value;
      const product = packedLinear(g, g.input('x', 'float32', ['T', columns]), { type, shape: [rows, columns], part });
      g.output('y', product, 'float32', ['T', rows]);
    },
    { x: float32(x, x.length / columns, columns) },
    '.',
    provider,
  );
  return floats(result);
}

/** The same product in float64. */
export function exactProduct(weights: Float32Array, x: Float32Array, rows: number, columns: number): Float64Array {
  const result = new Float64Array((x.length / columns) * rows);
  for (let i = 0; i < result.length; i++) {
    const row = (i % rows) * columns;
    const position = Math.floor(i / rows) * columns;
    for (let k = 0; k < columns; k++) {
      (result[i] as number) += (x[position + k] as number) * (weights[row + k] as number);
    }
  }
  return result;
}

/** The largest difference of a product from the exact one, in units of the exact one's standard deviation. */
export function relativeError(product: Float32Array, exact: Float64Array): number {
  const deviation = Math.sqrt(exact.reduce((sum, value) => sum + value * value, 0) / exact.length);
  return largestDifference(product, exact) / deviation;
}

/** About normally distributed. */
export function randomInputs(count: number): Float32Array {
  const next = randomWords(7);
  const uniform = () => next() / 2 ** 31 - 1;
  return Float32Array.from({ length: count }, () => uniform() + uniform() + uniform());
}
