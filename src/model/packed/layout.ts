import { type PackedType, packedFormOf } from './packed-form';

/** One array of a packed matrix, as it lies in the weights file: rows one after another. */
export interface PackedPart {
  name: PackedPartName;
  type: 'uint8' | 'float32';
  shape: number[];
  byteLength: number;
}

/**
 * - `codes`: 4-bit codes, or the upper halves of 8-bit ones: [out, in / blockSize, blockSize / 2] bytes, the weight of an
 *   even column in the lower half of a byte.
 * - `lowCodes`: the lower halves of 8-bit codes, in the same way.
 * - `scales`, `minima`: [out, in / blockSize].
 */
export type PackedPartName = 'codes' | 'lowCodes' | 'scales' | 'minima';

/** The arrays of a packed matrix [out, in]; `in` is a whole number of the type's blocks. */
export function packedLayout(type: PackedType, [rows, columns]: readonly [number, number]): PackedPart[] {
  const { codeBits, blockSize, hasMinima } = packedFormOf(type);
  const blocks = columns / blockSize;
  const codes = (name: 'codes' | 'lowCodes'): PackedPart => {
    return { name, type: 'uint8', shape: [rows, blocks, blockSize / 2], byteLength: (rows * columns) / 2 };
  };
  const numbers = (name: 'scales' | 'minima'): PackedPart => {
    return { name, type: 'float32', shape: [rows, blocks], byteLength: rows * blocks * Float32Array.BYTES_PER_ELEMENT };
  };
  return [
    codes('codes'),
    ...(codeBits === 8 ? [codes('lowCodes')] : []),
    numbers('scales'),
    ...(hasMinima ? [numbers('minima')] : []),
  ];
}
