/*
 * Weights of attention from 0 to 1 in 14 bits each, for files: on a square-root scale, so that small weights, which most
 * are, keep more digits. Off by less than 0.000062 at 1, within what the engine itself promises, and by less than
 * 0.0000062 at 0.01. Four weights take seven bytes.
 */

/** Bits of a weight in an exported file. */
export const WEIGHT_BITS = 14;

const LARGEST = 2 ** WEIGHT_BITS - 1;

/** Bytes of so many weights. */
export const codedSize = (count: number): number => Math.ceil((count * WEIGHT_BITS) / 8);

export function bytesOfWeights(weights: Float32Array): Uint8Array {
  const bytes = new Uint8Array(codedSize(weights.length));
  for (const [i, weight] of weights.entries()) {
    const code = Math.round(LARGEST * Math.sqrt(Math.min(1, Math.max(0, weight))));
    const { byte, shift } = placeOf(i);
    // What lies past the end is the empty part of the last three bytes: writing there does nothing.
    for (let at = 0; at < 3; at++) bytes[byte + at] = (bytes[byte + at] ?? 0) | ((code << shift) >> (16 - 8 * at));
  }
  return bytes;
}

/** All weights, or those of [from, to). */
export function weightsOfBytes(
  bytes: Uint8Array,
  from = 0,
  to = Math.floor((bytes.length * 8) / WEIGHT_BITS),
): Float32Array {
  const weights = new Float32Array(to - from);
  for (let i = from; i < to; i++) {
    const { byte, shift } = placeOf(i);
    const three = ((bytes[byte] ?? 0) << 16) | ((bytes[byte + 1] ?? 0) << 8) | (bytes[byte + 2] ?? 0);
    weights[i - from] = (((three >> shift) & LARGEST) / LARGEST) ** 2;
  }
  return weights;
}

/** A code lies in three bytes; the first of them, and how many bits there are after it. */
function placeOf(index: number): { byte: number; shift: number } {
  const bit = index * WEIGHT_BITS;
  return { byte: Math.floor(bit / 8), shift: 24 - WEIGHT_BITS - (bit % 8) };
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
