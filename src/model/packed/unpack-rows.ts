import type { PackedRows } from './pack-rows';
import { type PackedType, packedFormOf } from './packed-form';

/**
 * The weights of packed rows, as the runtime multiplies by them. Without minima they are bit for bit those that
 * `dequantize` gives of the file's blocks; with minima a weight differs by at most half a unit in the last place of its
 * block's minimum, which was rounded once more.
 *
 * @param out one entry a weight: the rows are exactly its blocks.
 */
export function unpackRows(type: PackedType, { codes, scales, minima }: PackedRows, out: Float32Array): void {
  const { codeBits, blockSize, codeOffset } = packedFormOf(type);
  for (let i = 0; i < out.length; i++) {
    const block = Math.floor(i / blockSize);
    const code = codeBits === 4 ? halfOf(codes, i) - 8 : (codes[i] as number) - 136 + codeOffset;
    const product = (scales[block] as number) * code;
    // Where nothing is added, a zero keeps its sign.
    out[i] = minima ? product + (minima[block] as number) : product;
  }
}

function halfOf(codes: Uint8Array, weight: number): number {
  return ((codes[weight >> 1] as number) >> ((weight & 1) * 4)) & 15;
}
