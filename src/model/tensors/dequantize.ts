import {
  dequantizeIQ4_NL,
  dequantizeMXFP4,
  dequantizeQ4_0,
  dequantizeQ4_1,
  dequantizeQ5_0,
  dequantizeQ5_1,
  dequantizeQ8_0,
} from './blocks-of-32';
import {
  dequantizeIQ4_XS,
  dequantizeQ2_K,
  dequantizeQ3_K,
  dequantizeQ4_K,
  dequantizeQ5_K,
  dequantizeQ6_K,
} from './blocks-of-256';
import { dequantizeBF16, dequantizeF8_E4M3, dequantizeF16, dequantizeF32 } from './floats';
import { byteLengthOf, TENSOR_TYPES, type TensorType } from './tensor-types';

type Dequantizer = (bytes: DataView, out: Float32Array) => void;
type BlockDequantizer = (bytes: DataView, at: number, out: Float32Array, to: number) => void;

const DEQUANTIZERS: Readonly<Record<TensorType, Dequantizer>> = {
  F32: dequantizeF32,
  F16: dequantizeF16,
  BF16: dequantizeBF16,
  Q4_0: blockwise('Q4_0', dequantizeQ4_0),
  Q4_1: blockwise('Q4_1', dequantizeQ4_1),
  Q5_0: blockwise('Q5_0', dequantizeQ5_0),
  Q5_1: blockwise('Q5_1', dequantizeQ5_1),
  Q8_0: blockwise('Q8_0', dequantizeQ8_0),
  Q2_K: blockwise('Q2_K', dequantizeQ2_K),
  Q3_K: blockwise('Q3_K', dequantizeQ3_K),
  Q4_K: blockwise('Q4_K', dequantizeQ4_K),
  Q5_K: blockwise('Q5_K', dequantizeQ5_K),
  Q6_K: blockwise('Q6_K', dequantizeQ6_K),
  IQ4_NL: blockwise('IQ4_NL', dequantizeIQ4_NL),
  IQ4_XS: blockwise('IQ4_XS', dequantizeIQ4_XS),
  MXFP4: blockwise('MXFP4', dequantizeMXFP4),
  F8_E4M3: dequantizeF8_E4M3,
};

/**
 * Turns a tensor's bytes, or those of some of its rows, into float32, bit for bit as Python's `gguf.quants.dequantize` (F8_E4M3: as PyTorch).
 *
 * @param out one entry a weight: `bytes` are exactly its blocks.
 */
export function dequantize(type: TensorType, bytes: Uint8Array, out: Float32Array): void {
  if (bytes.length !== byteLengthOf(type, out.length)) {
    throw new RangeError(`${bytes.length} bytes are not ${out.length} weights of type ${type}`);
  }
  DEQUANTIZERS[type](new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), out);
}

function blockwise(type: TensorType, dequantizeBlock: BlockDequantizer): Dequantizer {
  const { blockElements, blockBytes } = TENSOR_TYPES[type];
  return (bytes, out) => {
    for (let to = 0, at = 0; to < out.length; to += blockElements, at += blockBytes) {
      dequantizeBlock(bytes, at, out, to);
    }
  };
}
