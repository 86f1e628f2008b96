import { float16Bits, float16Of } from './half-floats';

/** Types of blocks to which weights can be rounded. */
export type RoundedType = 'Q8_0' | 'Q4_0';

/** Weights that share a scale. */
export const ROUNDED_BLOCK = 32;

/**
 * Rounds a block of weights to whole codes of one scale as llama.cpp's reference formulas do (quantize_row_q8_0_ref,
 * quantize_row_q4_0_ref in ggml-quants.c), which round to float32 after every operation. A weight is then scale · code.
 *
 * @param values finite
 * @param codes 32 whole numbers, filled here: from -127 to 127, or from -8 to 7
 * @returns the bits of the scale, of half precision
 */
export function roundBlock(type: RoundedType, values: Float32Array, from: number, codes: Int8Array): number {
  const largest = largestOf(values, from);
  // Of 8 bits the largest weight becomes ±127; of 4 bits -8, whatever its sign: the scale has the other.
  const d = Math.fround(type === 'Q8_0' ? Math.abs(largest) / 127 : largest / -8);
  const inverse = d === 0 ? 0 : Math.fround(1 / d);
  for (let j = 0; j < ROUNDED_BLOCK; j++) {
    const q = Math.fround((values[from + j] as number) * inverse);
    codes[j] = type === 'Q8_0' ? awayFromZero(q) : Math.min(15, Math.trunc(Math.fround(q + 8.5))) - 8;
  }
  return float16Bits(d);
}

/** What the weights of a block are once they were rounded. */
export function roundedBlock(type: RoundedType, values: Float32Array): { scale: number; codes: Int8Array } {
  const codes = new Int8Array(ROUNDED_BLOCK);
  return { scale: float16Of(roundBlock(type, values, 0, codes)), codes };
}

/** What lies halfway goes away from 0. */
const awayFromZero = (q: number): number => Math.sign(q) * Math.floor(Math.abs(q) + 0.5);

/** The first of those farthest from 0, with its sign. */
function largestOf(values: Float32Array, from: number): number {
  let largest = 0;
  for (let j = 0; j < ROUNDED_BLOCK; j++) {
    const value = values[from + j] as number;
    if (Math.abs(value) > Math.abs(largest)) largest = value;
  }
  return largest;
}
