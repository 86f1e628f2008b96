import { float16At } from './floats';

/**
 * The quantised types whose blocks hold 32 weights. Each function writes the weights of the block at byte `at`
 * to `out`, from index `to` on. Formulas: ggml-quants.c, and quants.py of Python's `gguf`.
 *
 * The references round to float32 after every operation. Plain float64 arithmetic gives the same weights, here and in
 * blocks-of-256.ts: the product of a float16 scale (11 significant bits) and small integers fits float32, the sum of two
 * such products fits float64, so that the one rounding left is the one on storing to `out`.
 */

/** f16 d; 16 bytes of weights j (low half) and j + 16 (high half): d * (q - 8). */
export function dequantizeQ4_0(bytes: DataView, at: number, out: Float32Array, to: number): void {
  const d = float16At(bytes, at);
  for (let j = 0; j < 16; j++) {
    const pair = bytes.getUint8(at + 2 + j);
    out[to + j] = d * ((pair & 15) - 8);
    out[to + j + 16] = d * ((pair >> 4) - 8);
  }
}

/** f16 d, f16 m; weights as in Q4_0: d * q + m. */
export function dequantizeQ4_1(bytes: DataView, at: number, out: Float32Array, to: number): void {
  const d = float16At(bytes, at);
  const m = float16At(bytes, at + 2);
  for (let j = 0; j < 16; j++) {
    const pair = bytes.getUint8(at + 4 + j);
    out[to + j] = d * (pair & 15) + m;
    out[to + j + 16] = d * (pair >> 4) + m;
  }
}

/** f16 d; u32 with bit j the fifth bit of weight j; the other bits as in Q4_0: d * (q - 16). */
export function dequantizeQ5_0(bytes: DataView, at: number, out: Float32Array, to: number): void {
  const d = float16At(bytes, at);
  const fifth = bytes.getUint32(at + 2, true);
  for (let j = 0; j < 16; j++) {
    const pair = bytes.getUint8(at + 6 + j);
    out[to + j] = d * (((pair & 15) | (((fifth >>> j) & 1) << 4)) - 16);
    out[to + j + 16] = d * (((pair >> 4) | (((fifth >>> (j + 16)) & 1) << 4)) - 16);
  }
}

/** f16 d, f16 m; weights as in Q5_0: d * q + m. */
export function dequantizeQ5_1(bytes: DataView, at: number, out: Float32Array, to: number): void {
  const d = float16At(bytes, at);
  const m = float16At(bytes, at + 2);
  const fifth = bytes.getUint32(at + 4, true);
  for (let j = 0; j < 16; j++) {
    const pair = bytes.getUint8(at + 8 + j);
    out[to + j] = d * ((pair & 15) | (((fifth >>> j) & 1) << 4)) + m;
    out[to + j + 16] = d * ((pair >> 4) | (((fifth >>> (j + 16)) & 1) << 4)) + m;
  }
}

/** f16 d; 32 signed bytes: d * q. */
export function dequantizeQ8_0(bytes: DataView, at: number, out: Float32Array, to: number): void {
  const d = float16At(bytes, at);
  for (let j = 0; j < 32; j++) {
    out[to + j] = d * bytes.getInt8(at + 2 + j);
  }
}

/** The levels that the 4-bit numbers of IQ4_NL and IQ4_XS stand for. */
export const IQ4_LEVELS = new DataView(
  Int8Array.of(-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113).buffer,
);

/** f16 d; weights as in Q4_0: d * level[q]. */
export function dequantizeIQ4_NL(bytes: DataView, at: number, out: Float32Array, to: number): void {
  const d = float16At(bytes, at);
  for (let j = 0; j < 16; j++) {
    const pair = bytes.getUint8(at + 2 + j);
    out[to + j] = d * IQ4_LEVELS.getInt8(pair & 15);
    out[to + j + 16] = d * IQ4_LEVELS.getInt8(pair >> 4);
  }
}

/** Twice the numbers of FP4 (1 sign, 2 exponent and 1 mantissa bits). */
export const FP4_TWICE = new DataView(Int8Array.of(0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12).buffer);

/** A byte e; weights as in Q4_0: 2^(e - 127) * FP4[q] (OCP Microscaling Formats 1.0, MXFP4). */
export function dequantizeMXFP4(bytes: DataView, at: number, out: Float32Array, to: number): void {
  const half = 2 ** (bytes.getUint8(at) - 128);
  for (let j = 0; j < 16; j++) {
    const pair = bytes.getUint8(at + 1 + j);
    out[to + j] = half * FP4_TWICE.getInt8(pair & 15);
    out[to + j + 16] = half * FP4_TWICE.getInt8(pair >> 4);
  }
}
