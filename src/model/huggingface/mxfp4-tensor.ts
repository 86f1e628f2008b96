import type { ByteSource } from '../checkpoint/byte-source';
import type { CheckpointTensor } from '../checkpoint/checkpoint';
import { checkRows, dequantizedRows, rowLengthOf } from '../checkpoint/stored-tensor';
import { elementsOf, TENSOR_TYPES } from '../tensors/tensor-types';
import type { SafetensorsTensor } from './safetensors';

const { blockElements, blockBytes } = TENSOR_TYPES.MXFP4;
const PAIRS = blockElements / 2;

/**
 * The experts' matrices of gpt-oss, [experts, out, in], which its file has in two arrays: `_blocks` [experts, out, in/32, 16]
 * with two numbers a byte, and `_scales` [experts, out, in/32] with the exponents. transformers turns the last two dimensions
 * round while it reads them (`convert_moe_packed_tensors` in integrations/mxfp4.py); here they stay as they are.
 */
export class Mxfp4Tensor implements CheckpointTensor {
  readonly type = 'MXFP4';
  readonly shape: readonly number[];
  readonly elementCount: number;
  readonly #pairs: ByteSource;
  readonly #pairsOffset: number;
  readonly #scales: ByteSource;
  readonly #scalesOffset: number;

  constructor(
    readonly name: string,
    blocks: SafetensorsTensor,
    scales: SafetensorsTensor,
  ) {
    this.shape = [...scales.shape.slice(0, -1), (scales.shape.at(-1) ?? 0) * blockElements];
    this.elementCount = elementsOf(this.shape);
    this.#pairs = blocks.source;
    this.#pairsOffset = blocks.offset;
    this.#scales = scales.source;
    this.#scalesOffset = scales.offset;
  }

  rows(first: number, count: number): Float32Array {
    return dequantizedRows(this, first, count);
  }

  /** As GGUF has them: the exponent, then the numbers j and j + 16 in a byte. Here the file has 2j and 2j + 1 in one. */
  blocks(first: number, count: number): Uint8Array {
    checkRows(this, first, count);
    const blocksInRow = rowLengthOf(this) / blockElements;
    const from = first * blocksInRow;
    const blocks = count * blocksInRow;
    const pairs = this.#pairs.read(this.#pairsOffset + from * PAIRS, blocks * PAIRS);
    const scales = this.#scales.read(this.#scalesOffset + from, blocks);
    const bytes = new Uint8Array(blocks * blockBytes);
    for (let block = 0; block < blocks; block++) {
      const to = block * blockBytes;
      bytes[to] = scales[block] as number;
      for (let k = 0; k < PAIRS / 2; k++) {
        const low = pairs[block * PAIRS + k] as number;
        const high = pairs[block * PAIRS + k + PAIRS / 2] as number;
        bytes[to + 1 + 2 * k] = (low & 15) | ((high & 15) << 4);
        bytes[to + 2 + 2 * k] = (low >> 4) | (high & 0xf0);
      }
    }
    return bytes;
  }
}

/** Whether two arrays are the parts of such a tensor. */
export const areMxfp4 = (blocks: SafetensorsTensor, scales: SafetensorsTensor): boolean =>
  blocks.dtype === 'U8' &&
  (scales.dtype === 'U8' || scales.dtype === 'F8_E8M0') &&
  blocks.shape.join() === [...scales.shape, PAIRS].join();
