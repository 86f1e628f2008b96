import { minimumOfQ4_K, scaleOfIQ4_XS, scaleOfQ3_K, scaleOfQ4_K } from '../tensors/blocks-of-256';
import { float16At } from '../tensors/floats';
import type { PackedType } from './packed-form';

/**
 * Reads the scales of the block at byte `at`, and the minima of codes around 0, from index `to` on; where a type keeps
 * them is said in blocks-of-32.ts and blocks-of-256.ts. A scale is exact: 11 significant bits times at most 8.
 */
type ScaleReader = (bytes: DataView, at: number, scales: Float32Array, minima: Float32Array, to: number) => void;

/** The one scale of a block of 32. */
const first: ScaleReader = (bytes, at, scales, _, to) => {
  scales[to] = float16At(bytes, at);
};

/** A scale and a minimum, of codes from 0 on whose middle is `middle`. */
const firstTwo =
  (middle: number): ScaleReader =>
  (bytes, at, scales, minima, to) => {
    const d = float16At(bytes, at);
    scales[to] = d;
    minima[to] = float16At(bytes, at + 2) + middle * d;
  };

/** Q4_K and Q5_K. */
const eight =
  (middle: number): ScaleReader =>
  (bytes, at, scales, minima, to) => {
    const d = float16At(bytes, at);
    const dmin = float16At(bytes, at + 2);
    for (let sub = 0; sub < 8; sub++) {
      const scale = d * scaleOfQ4_K(bytes, at + 4, sub);
      scales[to + sub] = scale;
      minima[to + sub] = middle * scale - dmin * minimumOfQ4_K(bytes, at + 4, sub);
    }
  };

export const SCALE_READERS: Readonly<Record<PackedType, ScaleReader>> = {
  Q4_0: first,
  Q4_1: firstTwo(8),
  Q4_K: eight(8),
  Q5_0: first,
  Q5_1: firstTwo(16),
  Q5_K: eight(16),
  Q6_K: (bytes, at, scales, _, to) => {
    const d = float16At(bytes, at + 208);
    for (let sub = 0; sub < 16; sub++) scales[to + sub] = d * bytes.getInt8(at + 192 + sub);
  },
  Q8_0: first,
  Q2_K: (bytes, at, scales, minima, to) => {
    const d = float16At(bytes, at + 80);
    const dmin = float16At(bytes, at + 82);
    for (let sub = 0; sub < 16; sub++) {
      const both = bytes.getUint8(at + sub);
      const scale = d * (both & 15);
      scales[to + sub] = scale;
      minima[to + sub] = 2 * scale - dmin * (both >> 4);
    }
  },
  Q3_K: (bytes, at, scales, _, to) => {
    const d = float16At(bytes, at + 108);
    for (let sub = 0; sub < 16; sub++) scales[to + sub] = d * (scaleOfQ3_K(bytes, at + 96, sub) - 32);
  },
  IQ4_NL: first,
  IQ4_XS: (bytes, at, scales, _, to) => {
    const d = float16At(bytes, at);
    for (let sub = 0; sub < 8; sub++) scales[to + sub] = d * scaleOfIQ4_XS(bytes, at + 2, sub);
  },
  MXFP4: (bytes, at, scales, _, to) => {
    scales[to] = 2 ** (bytes.getUint8(at) - 128);
  },
};
