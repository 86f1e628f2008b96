/** `bytes` and `out` agree in length; the bytes are little-endian. */
export function dequantizeF32(bytes: DataView, out: Float32Array): void {
  new Uint8Array(out.buffer, out.byteOffset, out.byteLength).set(
    new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength),
  );
}

export function dequantizeF16(bytes: DataView, out: Float32Array): void {
  for (let i = 0; i < out.length; i++) {
    out[i] = float16At(bytes, i * 2);
  }
}

/** A bfloat16 is the upper half of a float32. */
export function dequantizeBF16(bytes: DataView, out: Float32Array): void {
  const bits = new Uint32Array(out.buffer, out.byteOffset, out.length);
  for (let i = 0; i < bits.length; i++) {
    bits[i] = bytes.getUint16(i * 2, true) << 16;
  }
}

/** 1 sign, 4 exponent and 3 mantissa bits, no infinities (Micikevicius et al. 2022, arXiv 2209.05433: E4M3). */
export function dequantizeF8_E4M3(bytes: DataView, out: Float32Array): void {
  for (let i = 0; i < out.length; i++) {
    out[i] = FLOAT8_VALUES[bytes.getUint8(i)] as number;
  }
}

/** The value of every bit pattern. */
const FLOAT8_VALUES = Float32Array.from({ length: 2 ** 8 }, (_, bits) => {
  const sign = bits & 0x80 ? -1 : 1;
  const exponent = (bits >> 3) & 15;
  const fraction = bits & 7;
  if (exponent === 15 && fraction === 7) return Number.NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -9 : (8 + fraction) * 2 ** (exponent - 10));
});

/** The IEEE 754 half-precision number at a byte offset. */
export function float16At(bytes: DataView, offset: number): number {
  float16Values ??= Float32Array.from({ length: 2 ** 16 }, (_, bits) => float16Of(bits));
  return float16Values[bytes.getUint16(offset, true)] ?? Number.NaN;
}

/** The value of every bit pattern, made when first needed: a lookup is much faster than the arithmetic. */
let float16Values: Float32Array | undefined;

function float16Of(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) {
    return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  }
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/** The bits of the half-precision number nearest to one of single precision; halfway, the even one. */
export function float16Bits(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (Number.isNaN(size)) return 0x7e00;
  // From 65,520 on, the nearest is infinite.
  if (size >= 65520) return sign | 0x7c00;
  // Numbers below 2^-14 are multiples of 2^-24; from there on 1,024 steps double a number.
  const exponent = Math.max(-14, Math.floor(Math.log2(size)));
  const steps = roundHalfToEven(size * 2 ** (10 - exponent));
  // A number that rounds up to the next power of two carries over into the exponent's bits by itself.
  return sign | (steps + ((exponent + 14) << 10));
}

function roundHalfToEven(value: number): number {
  const rounded = Math.round(value);
  return rounded - value === 0.5 && rounded % 2 === 1 ? rounded - 1 : rounded;
}
