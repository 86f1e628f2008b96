import { ROUNDED_BLOCK, type RoundedType, roundBlock } from '../../shared/block-rounding';
import { byteLengthOf } from '../tensors/tensor-types';

/**
 * Rounds weights to blocks of a quantised type, bit for bit as `gguf.quants.quantize` of Python's `gguf`.
 *
 * @param values whole blocks of 32 finite numbers.
 */
export function quantise(type: RoundedType, values: Float32Array): Uint8Array {
  const blocks = new Uint8Array(byteLengthOf(type, values.length));
  const bytes = new DataView(blocks.buffer);
  const blockBytes = byteLengthOf(type, ROUNDED_BLOCK);
  const codes = new Int8Array(ROUNDED_BLOCK);
  for (let from = 0, at = 0; from < values.length; from += ROUNDED_BLOCK, at += blockBytes) {
    bytes.setUint16(at, roundBlock(type, values, from, codes), true);
    if (type === 'Q8_0') blocks.set(new Uint8Array(codes.buffer), at + 2);
    else packHalves(codes, blocks, at + 2);
  }
  return blocks;
}

/** Codes of 4 bits, 8 more than they are, from 0 on: those of the first half of a block in the lower halves of its bytes. */
function packHalves(codes: Int8Array, blocks: Uint8Array, at: number): void {
  const half = ROUNDED_BLOCK / 2;
  for (let j = 0; j < half; j++) {
    blocks[at + j] = ((codes[j] as number) + 8) | (((codes[j + half] as number) + 8) << 4);
  }
}
