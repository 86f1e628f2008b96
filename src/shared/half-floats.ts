/*
 * Numbers of 16 bits: IEEE 754's half precision (fp16: 1 sign, 5 exponent and 10 mantissa bits) and bfloat16 (1, 8 and 7), which
 * is the upper half of a number of single precision. What lies between two of them becomes the nearer; halfway, the one
 * whose last bit is 0.
 */

export const HALF_FLOATS = ['bf16', 'fp16'] as const;
export type HalfFloat = (typeof HALF_FLOATS)[number];

const single = new Float32Array(1);
const singleBits = new Uint32Array(single.buffer);

/** The bits of a number of single precision. */
export function float32Bits(value: number): number {
  single[0] = value;
  return singleBits[0] as number;
}

/** The number that has these 32 bits. */
export function float32Of(bits: number): number {
  singleBits[0] = bits;
  return single[0] as number;
}

/** The half-precision number that has these 16 bits. */
export function float16Of(bits: number): number {
  float16Values ??= Float32Array.from({ length: 2 ** 16 }, (_, bits) => float16Value(bits));
  return float16Values[bits] ?? Number.NaN;
}

/** The value of every bit pattern, made when first needed: a lookup is much faster than the arithmetic. */
let float16Values: Float32Array | undefined;

function float16Value(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) {
    return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  }
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/** The bits of the half-precision number nearest to one of single precision. */
export function float16Bits(value: number): number {
  const bits = float32Bits(value);
  const sign = (bits >>> 16) & 0x8000;
  const size = Math.abs(value);
  if (Number.isNaN(size)) return 0x7e00;
  // From 65,520 on, the nearest is infinite.
  if (size >= 65520) return sign | 0x7c00;
  // Numbers below 2^-14 are multiples of 2^-24; from there on 1,024 steps double a number.
  const exponent = Math.max(-14, ((bits >>> 23) & 0xff) - 127);
  const steps = roundHalfToEven(size * float32Of((137 - exponent) << 23));
  // A number that rounds up to the next power of two carries over into the exponent's bits by itself.
  return sign | (steps + ((exponent + 14) << 10));
}

/** Of a number that is not negative: from 2^52 on, double precision has only whole ones, and what is added rounds so. */
const roundHalfToEven = (value: number): number => value + 2 ** 52 - 2 ** 52;

/** The bfloat16 that has these 16 bits. */
export const bfloat16Of = (bits: number): number => float32Of(bits << 16);

/** The bits of the bfloat16 nearest to a number of single precision. */
export function bfloat16Bits(value: number): number {
  if (Number.isNaN(value)) return 0x7fc0;
  const bits = float32Bits(value);
  // Half of what the last bit that stays is worth, less a little where that bit is 0. What carries goes into the exponent.
  return (bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16;
}

/** The nearest number of 16 bits. */
export const roundToHalf = (kind: HalfFloat, value: number): number =>
  kind === 'fp16' ? float16Of(float16Bits(value)) : bfloat16Of(bfloat16Bits(value));
