import { TENSOR_TYPES } from '../tensors/tensor-types';
import { CODE_READERS } from './block-codes';
import { SCALE_READERS } from './block-scales';
import { type PackedType, packedFormOf } from './packed-form';

/** The arrays of some rows of a packed matrix: layout.ts says what lies in them. */
export interface PackedRows {
  codes: Uint8Array;
  lowCodes?: Uint8Array;
  scales: Float32Array;
  minima?: Float32Array;
}

/**
 * Packs rows of a quantised matrix, each times `factor`. A scale or a minimum that is no finite number stands for a weight
 * that is none; codes cannot.
 *
 * @param blocks the rows' blocks as in the file.
 */
export function packRows(type: PackedType, blocks: Uint8Array, weights: number, factor = 1): PackedRows {
  const { codeBits, blockSize, hasMinima } = packedFormOf(type);
  const { blockElements, blockBytes } = TENSOR_TYPES[type];
  const readCodes = CODE_READERS[type];
  const readScales = SCALE_READERS[type];
  const bytes = new DataView(blocks.buffer, blocks.byteOffset, blocks.byteLength);
  const block = new Int32Array(blockElements / 4);
  const codes = new Uint16Array(weights / 4);
  const lowCodes = new Uint16Array(codeBits === 8 ? weights / 4 : 0);
  const scales = new Float32Array(weights / blockSize);
  const minima = new Float32Array(hasMinima ? weights / blockSize : 0);
  for (let at = 0, weight = 0; weight < weights; at += blockBytes, weight += blockElements) {
    readScales(bytes, at, scales, minima, weight / blockSize);
    readCodes(bytes, at, block);
    if (codeBits === 4) writeHalves(block, 0, codes, weight / 4);
    else {
      writeHalves(block, 4, codes, weight / 4);
      writeHalves(block, 0, lowCodes, weight / 4);
    }
  }
  multiply(scales, factor);
  multiply(minima, factor);
  return {
    codes: new Uint8Array(codes.buffer),
    scales,
    ...(codeBits === 8 && { lowCodes: new Uint8Array(lowCodes.buffer) }),
    ...(hasMinima && { minima }),
  };
}

/** Four bits of every byte, two bytes in one: the first in the lower half; `plane` and `to` count four weights. */
function writeHalves(block: Int32Array, shift: 0 | 4, plane: Uint16Array, to: number): void {
  for (let i = 0; i < block.length; i++) {
    const halves = ((block[i] as number) >>> shift) & 0x0f0f0f0f;
    const pairs = halves | (halves >>> 4);
    plane[to + i] = (pairs & 0xff) | ((pairs >>> 8) & 0xff00);
  }
}

function multiply(values: Float32Array, factor: number): void {
  if (factor === 1) return;
  for (let i = 0; i < values.length; i++) values[i] = (values[i] as number) * factor;
}
