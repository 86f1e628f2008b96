import { float16Of } from '../../shared/half-floats';

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
export const float16At = (bytes: DataView, offset: number): number => float16Of(bytes.getUint16(offset, true));
