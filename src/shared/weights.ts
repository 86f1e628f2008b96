/*
 * Weights of attention from 0 to 1 in a byte each, for files: on a square-root scale, so that small weights, which most
 * are, keep more digits. Off by less than 0.004 at 1 and by less than 0.0004 at 0.01.
 */

const LARGEST = 255;

export function bytesOfWeights(weights: Float32Array): Uint8Array {
  return Uint8Array.from(weights, (weight) => Math.round(LARGEST * Math.sqrt(Math.min(1, Math.max(0, weight)))));
}

export function weightsOfBytes(bytes: Uint8Array): Float32Array {
  return Float32Array.from(bytes, (byte) => (byte / LARGEST) ** 2);
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

/** Rows [from, to) of a triangle, as far as the last of them goes: [to - from, to]; what is not in it is 0. */
export function rowsOfTriangle(triangle: Float32Array, from: number, to: number): Float32Array {
  const rows = new Float32Array((to - from) * to);
  for (let row = from; row < to; row++) {
    rows.set(triangle.subarray(triangleSize(row), triangleSize(row + 1)), (row - from) * to);
  }
  return rows;
}
