/*
 * Weights of attention from 0 to 1 in 12 bits each, for files: on a square-root scale, so that small weights, which most
 * are, keep more digits. Off by less than 0.00025 at 1, and by less than 0.000025 at 0.01. Two weights take three bytes.
 */

/** Bits of a weight in an exported file. */
export const WEIGHT_BITS = 12;

const LARGEST = 2 ** WEIGHT_BITS - 1;

/** Bytes of so many weights. */
export const codedSize = (count: number): number => Math.ceil(1.5 * count);

export function bytesOfWeights(weights: Float32Array): Uint8Array {
  const bytes = new Uint8Array(codedSize(weights.length));
  for (let i = 0; i < weights.length; i++) {
    const code = Math.round(LARGEST * Math.sqrt(Math.min(1, Math.max(0, weights[i] ?? 0))));
    const at = i + (i >> 1);
    const isFirst = i % 2 === 0;
    bytes[at] = isFirst ? code >> 4 : (bytes[at] ?? 0) | (code >> 8);
    bytes[at + 1] = isFirst ? (code & 15) << 4 : code & 255;
  }
  return bytes;
}

/** All weights, or those of [from, to). */
export function weightsOfBytes(bytes: Uint8Array, from = 0, to = Math.floor(bytes.length / 1.5)): Float32Array {
  const weights = new Float32Array(to - from);
  for (let i = from; i < to; i++) {
    const at = i + (i >> 1);
    const [first = 0, second = 0] = [bytes[at], bytes[at + 1]];
    const code = i % 2 === 0 ? (first << 4) | (second >> 4) : ((first & 15) << 8) | second;
    weights[i - from] = (code / LARGEST) ** 2;
  }
  return weights;
}

/** Numbers of a triangle: row r of `side` rows has r + 1. */
export const triangleSize = (side: number): number => (side * (side + 1)) / 2;

/** The rows of a causal pattern up to their own column, one after another. @param square [side, side] */
export function triangleOf(square: Float32Array, side: number): Float32Array {
  const triangle = new Float32Array(triangleSize(side));
  for (let row = 0; row < side; row++) {
    triangle.set(square.subarray(row * side, row * side + row + 1), triangleSize(row));
  }
  return triangle;
}

/** Of coded triangles one after another, each from a byte of its own on, the one at an index. */
export function triangleAt(bytes: Uint8Array, index: number, side: number): Float32Array {
  return weightsOfBytes(bytesAt(bytes, index, side));
}

/** One row of that triangle. */
export function rowAt(bytes: Uint8Array, index: number, side: number, row: number): Float32Array {
  return weightsOfBytes(bytesAt(bytes, index, side), triangleSize(row), triangleSize(row + 1));
}

function bytesAt(bytes: Uint8Array, index: number, side: number): Uint8Array {
  const size = codedSize(triangleSize(side));
  return bytes.subarray(index * size, (index + 1) * size);
}

/** Rows [from, to) of a triangle, as far as the last of them goes: [to - from, to]; what is not in it is 0. */
export function rowsOfTriangle(triangle: Float32Array, from: number, to: number): Float32Array {
  const rows = new Float32Array((to - from) * to);
  for (let row = from; row < to; row++) {
    rows.set(triangle.subarray(triangleSize(row), triangleSize(row + 1)), (row - from) * to);
  }
  return rows;
}
