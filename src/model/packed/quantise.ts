import { float16Bits } from '../tensors/floats';
import { byteLengthOf } from '../tensors/tensor-types';

/** Types to which weights can be rounded. */
export type RoundedType = 'Q8_0' | 'Q4_0';

const BLOCK = 32;

type BlockQuantiser = (values: Float32Array, from: number, bytes: DataView, at: number) => void;

const QUANTISERS: Readonly<Record<RoundedType, BlockQuantiser>> = { Q8_0: quantiseQ8_0, Q4_0: quantiseQ4_0 };

/**
 * Rounds weights to blocks of a quantised type, bit for bit as `gguf.quants.quantize` of Python's `gguf`, which has
 * llama.cpp's reference formulas (quantize_row_q8_0_ref, quantize_row_q4_0_ref in ggml-quants.c).
 *
 * @param values whole blocks of 32 finite numbers.
 */
export function quantise(type: RoundedType, values: Float32Array): Uint8Array {
  const blocks = new Uint8Array(byteLengthOf(type, values.length));
  const bytes = new DataView(blocks.buffer);
  const blockBytes = byteLengthOf(type, BLOCK);
  for (let from = 0, at = 0; from < values.length; from += BLOCK, at += blockBytes) {
    QUANTISERS[type](values, from, bytes, at);
  }
  return blocks;
}

/** The largest weight becomes ±127; what lies halfway goes away from 0. */
function quantiseQ8_0(values: Float32Array, from: number, bytes: DataView, at: number): void {
  const { d, inverse } = scaleFor(Math.abs(largestOf(values, from)), 127);
  bytes.setUint16(at, float16Bits(d), true);
  for (let j = 0; j < BLOCK; j++) {
    const q = Math.fround((values[from + j] as number) * inverse);
    bytes.setInt8(at + 2 + j, Math.sign(q) * Math.floor(Math.abs(q) + 0.5));
  }
}

/** The largest weight becomes -8, whatever its sign: the scale has the other. */
function quantiseQ4_0(values: Float32Array, from: number, bytes: DataView, at: number): void {
  const { d, inverse } = scaleFor(largestOf(values, from), -8);
  bytes.setUint16(at, float16Bits(d), true);
  const code = (j: number) => {
    const q = Math.fround((values[from + j] as number) * inverse);
    return Math.min(15, Math.trunc(Math.fround(q + 8.5)));
  };
  for (let j = 0; j < BLOCK / 2; j++) bytes.setUint8(at + 2 + j, code(j) | (code(j + BLOCK / 2) << 4));
}

/** The references round to float32 after every operation. */
function scaleFor(largest: number, code: number): { d: number; inverse: number } {
  const d = Math.fround(largest / code);
  return { d, inverse: d === 0 ? 0 : Math.fround(1 / d) };
}

/** The first of those farthest from 0, with its sign. */
function largestOf(values: Float32Array, from: number): number {
  let largest = 0;
  for (let j = 0; j < BLOCK; j++) {
    const value = values[from + j] as number;
    if (Math.abs(value) > Math.abs(largest)) largest = value;
  }
  return largest;
}
