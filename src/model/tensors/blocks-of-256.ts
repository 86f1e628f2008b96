import { IQ4_LEVELS } from './blocks-of-32';
import { float16At } from './floats';

/**
 * The "K" types: blocks of 256 weights, in sub-blocks of 16 or 32 with a scale each. Each function writes the weights of
 * the block at byte `at` to `out`, from index `to` on. Formulas: ggml-quants.c, and quants.py of Python's `gguf`;
 * blocks-of-32.ts says why plain arithmetic is exact.
 *
 * Weights of 2 bits, and the upper 2 bits of Q6_K, lie in runs of 32 bytes: bits 0-1 are a run's first 32 weights,
 * bits 2-3 the next 32, and so on.
 */

/** 16 bytes of (scale, minimum) in 4 bits each, 64 bytes of weights, f16 d, f16 dmin: d * scale * q - dmin * minimum. */
export function dequantizeQ2_K(bytes: DataView, at: number, out: Float32Array, to: number): void {
  const d = float16At(bytes, at + 80);
  const dmin = float16At(bytes, at + 82);
  for (let sub = 0; sub < 16; sub++) {
    const scaleAndMinimum = bytes.getUint8(at + sub);
    const scale = d * (scaleAndMinimum & 15);
    const minimum = dmin * (scaleAndMinimum >> 4);
    const run = at + 16 + (sub >> 3) * 32 + (sub & 1) * 16;
    const shift = ((sub >> 1) & 3) * 2;
    for (let j = 0; j < 16; j++) {
      out[to + sub * 16 + j] = scale * ((bytes.getUint8(run + j) >> shift) & 3) - minimum;
    }
  }
}

/**
 * 32 bytes of third bits (bit k of byte j: weight 32 k + j), 64 bytes of low bits, 12 bytes of scales, f16 d:
 * d * (scale - 32) * (q - 4).
 */
export function dequantizeQ3_K(bytes: DataView, at: number, out: Float32Array, to: number): void {
  const d = float16At(bytes, at + 108);
  for (let sub = 0; sub < 16; sub++) {
    const scale = d * (scaleOfQ3_K(bytes, at + 96, sub) - 32);
    const run = at + 32 + (sub >> 3) * 32 + (sub & 1) * 16;
    const shift = ((sub >> 1) & 3) * 2;
    const thirdBits = at + (sub & 1) * 16;
    for (let j = 0; j < 16; j++) {
      const third = (bytes.getUint8(thirdBits + j) >> (sub >> 1)) & 1;
      out[to + sub * 16 + j] = scale * (((bytes.getUint8(run + j) >> shift) & 3) + third * 4 - 4);
    }
  }
}

/** Sixteen 6-bit scales: the low 4 bits in 8 bytes (0-7 in the low halves, 8-15 in the high), the high 2 in 4 bytes. */
export function scaleOfQ3_K(bytes: DataView, at: number, sub: number): number {
  const low = (bytes.getUint8(at + (sub & 7)) >> ((sub >> 3) * 4)) & 15;
  const high = (bytes.getUint8(at + 8 + (sub & 3)) >> ((sub >> 2) * 2)) & 3;
  return low | (high << 4);
}

/**
 * f16 d, f16 dmin, 12 bytes of scales and minima, 128 bytes of weights: d * scale * q - dmin * minimum.
 * A run of 32 bytes is one sub-block in its low halves and the next in its high halves.
 */
export function dequantizeQ4_K(bytes: DataView, at: number, out: Float32Array, to: number): void {
  const d = float16At(bytes, at);
  const dmin = float16At(bytes, at + 2);
  for (let sub = 0; sub < 8; sub++) {
    const scale = d * scaleOfQ4_K(bytes, at + 4, sub);
    const minimum = dmin * minimumOfQ4_K(bytes, at + 4, sub);
    const run = at + 16 + (sub >> 1) * 32;
    const shift = (sub & 1) * 4;
    for (let j = 0; j < 32; j++) {
      out[to + sub * 32 + j] = scale * ((bytes.getUint8(run + j) >> shift) & 15) - minimum;
    }
  }
}

/** As Q4_K, with 32 bytes of fifth bits before the weights (bit k of byte j: weight j of sub-block k). */
export function dequantizeQ5_K(bytes: DataView, at: number, out: Float32Array, to: number): void {
  const d = float16At(bytes, at);
  const dmin = float16At(bytes, at + 2);
  for (let sub = 0; sub < 8; sub++) {
    const scale = d * scaleOfQ4_K(bytes, at + 4, sub);
    const minimum = dmin * minimumOfQ4_K(bytes, at + 4, sub);
    const run = at + 48 + (sub >> 1) * 32;
    const shift = (sub & 1) * 4;
    for (let j = 0; j < 32; j++) {
      const fifth = (bytes.getUint8(at + 16 + j) >> sub) & 1;
      out[to + sub * 32 + j] = scale * (((bytes.getUint8(run + j) >> shift) & 15) | (fifth << 4)) - minimum;
    }
  }
}

/**
 * Eight 6-bit scales and minima in 12 bytes. Bytes 0-3 hold scales 0-3 and bytes 4-7 minima 0-3, in their low 6 bits.
 * Bytes 8-11 hold the low 4 bits of scales (low half) and minima (high half) 4-7, whose high 2 bits are the high 2 bits
 * of bytes 0-3 and 4-7.
 */
export function scaleOfQ4_K(bytes: DataView, at: number, sub: number): number {
  return sub < 4
    ? bytes.getUint8(at + sub) & 63
    : (bytes.getUint8(at + sub + 4) & 15) | ((bytes.getUint8(at + sub - 4) >> 6) << 4);
}

export function minimumOfQ4_K(bytes: DataView, at: number, sub: number): number {
  return sub < 4
    ? bytes.getUint8(at + sub + 4) & 63
    : (bytes.getUint8(at + sub + 4) >> 4) | ((bytes.getUint8(at + sub) >> 6) << 4);
}

/**
 * 128 bytes of low bits, 64 bytes of high bits, 16 signed scales, f16 d: d * scale * (q - 32).
 * A run of 64 low bytes holds weights 0-63 of a half block in its low halves and 64-127 in its high halves.
 */
export function dequantizeQ6_K(bytes: DataView, at: number, out: Float32Array, to: number): void {
  const d = float16At(bytes, at + 208);
  for (let sub = 0; sub < 16; sub++) {
    const scale = d * bytes.getInt8(at + 192 + sub);
    const half = sub >> 3;
    const low = at + half * 64 + (sub & 3) * 16;
    const lowShift = ((sub >> 2) & 1) * 4;
    const high = at + 128 + half * 32 + (sub & 1) * 16;
    const highShift = ((sub >> 1) & 3) * 2;
    for (let j = 0; j < 16; j++) {
      const q = ((bytes.getUint8(low + j) >> lowShift) & 15) | (((bytes.getUint8(high + j) >> highShift) & 3) << 4);
      out[to + sub * 16 + j] = scale * (q - 32);
    }
  }
}

/**
 * f16 d, u16 of high bits and 4 bytes of low bits of eight 6-bit scales, 128 bytes of weights in runs of 16 as Q4_0's:
 * d * (scale - 32) * level[q].
 */
export function dequantizeIQ4_XS(bytes: DataView, at: number, out: Float32Array, to: number): void {
  const d = float16At(bytes, at);
  for (let sub = 0; sub < 8; sub++) {
    const scale = d * scaleOfIQ4_XS(bytes, at + 2, sub);
    for (let j = 0; j < 16; j++) {
      const pair = bytes.getUint8(at + 8 + sub * 16 + j);
      out[to + sub * 32 + j] = scale * IQ4_LEVELS.getInt8(pair & 15);
      out[to + sub * 32 + j + 16] = scale * IQ4_LEVELS.getInt8(pair >> 4);
    }
  }
}

export function scaleOfIQ4_XS(bytes: DataView, at: number, sub: number): number {
  const low = (bytes.getUint8(at + 2 + (sub >> 1)) >> ((sub & 1) * 4)) & 15;
  const high = (bytes.getUint16(at, true) >> (sub * 2)) & 3;
  return (low | (high << 4)) - 32;
}
