import { TENSOR_TYPES } from '../tensors/tensor-types';
import { CODE_READERS } from './block-codes';
import { SCALE_READERS } from './block-scales';
import { type PackedType, packedFormOf } from './packed-form';

/** The arrays of some rows of a packed matrix: layout.ts says what lies in them. */
export interface PackedRows {
  codes: Uint8Array;
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
  const codes = new Uint8Array((weights * codeBits) / 8);
  // Four weights a word, one a byte: all of them, or one block that is yet to be halved.
  const words = codeBits === 8 ? new Int32Array(codes.buffer) : new Int32Array(blockElements / 4);
  const scales = new Float32Array(weights / blockSize);
  const minima = new Float32Array(hasMinima ? weights / blockSize : 0);
  for (let at = 0, weight = 0; weight < weights; at += blockBytes, weight += blockElements) {
    readScales(bytes, at, scales, minima, weight / blockSize);
    if (codeBits === 8) readCodes(bytes, at, words, weight / 4);
    else {
      readCodes(bytes, at, words, 0);
      writeHalves(words, codes, weight / 2);
    }
  }
  multiply(scales, factor);
  multiply(minima, factor);
  return { codes, scales, ...(hasMinima && { minima }) };
}

/** The lower halves of all bytes, two in one: the first in the lower half. */
function writeHalves(words: Int32Array, plane: Uint8Array, to: number): void {
  for (let i = 0; i < words.length; i++) {
    const halves = words[i] as number;
    const pairs = halves | (halves >>> 4);
    plane[to + i * 2] = pairs;
    plane[to + i * 2 + 1] = pairs >>> 16;
  }
}

function multiply(values: Float32Array, factor: number): void {
  if (factor === 1) return;
  for (let i = 0; i < values.length; i++) values[i] = (values[i] as number) * factor;
}
