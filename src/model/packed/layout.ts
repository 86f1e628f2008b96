import { type PackedType, packedFormOf } from './packed-form';

/** One array of a packed matrix, as it lies in the weights file: rows one after another. */
export interface PackedPart {
  name: PackedPartName;
  type: 'uint8' | 'float32';
  shape: number[];
  byteLength: number;
}

/**
 * - `codes`: [out, in / blockSize, bytes of a block].
 * - `scales`, and `minima` where the type has them: [out, in / blockSize].
 */
export type PackedPartName = 'codes' | 'scales' | 'minima';

/** The arrays of a packed matrix [out, in]; `in` is a whole number of the type's blocks. */
export function packedLayout(type: PackedType, [rows, columns]: readonly [number, number]): PackedPart[] {
  const { codeBits, blockSize, hasMinima } = packedFormOf(type);
  const blocks = columns / blockSize;
  const codeBytes = (blockSize * codeBits) / 8;
  const numbers = (name: 'scales' | 'minima'): PackedPart => {
    return { name, type: 'float32', shape: [rows, blocks], byteLength: rows * blocks * Float32Array.BYTES_PER_ELEMENT };
  };
  return [
    { name: 'codes', type: 'uint8', shape: [rows, blocks, codeBytes], byteLength: rows * blocks * codeBytes },
    numbers('scales'),
    ...(hasMinima ? [numbers('minima')] : []),
  ];
}
