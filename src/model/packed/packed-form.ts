import type { TensorType } from '../tensors/tensor-types';

/**
 * How a quantised matrix lies in the weights file so that the runtime's `MatMulNBits` multiplies by it as it is. Every
 * weight is `scale · code + minimum` of its block of 16 or 32 along a row, the code a whole number:
 *
 * - of 4 bits, half a byte: `code + 8`, the weight of an even column in the lower half.
 * - of 8 bits, a byte: `code + 136`, from -136 to 119. Its halves are two codes of 4 bits: `code = 16 · (upper - 8) +
 *   (lower - 8)`, so that the product by 4 bits reads the bytes as a matrix of twice as many columns. (The runtime's own
 *   product by 8 bits expands the matrix anew at each call.)
 *
 * A file's codes that begin at 0 are moved to lie around 0, which the minimum makes good: a sum of numbers of both signs
 * rounds less.
 */
export interface PackedForm {
  codeBits: 4 | 8;
  /** Weights that share a scale. */
  blockSize: 16 | 32;
  hasMinima: boolean;
  /** What a code lacks: the file's own goes up to 127, 8 more than fits. */
  codeOffset: 0 | 8;
}

const form = (codeBits: 4 | 8, blockSize: 16 | 32, hasMinima = false, codeOffset: 0 | 8 = 0): PackedForm => ({
  codeBits,
  blockSize,
  hasMinima,
  codeOffset,
});

/** The levels of IQ4_NL, IQ4_XS and MXFP4 are no straight line: they become codes of 8 bits. */
const FORMS = {
  Q4_0: form(4, 32),
  Q4_1: form(4, 32, true),
  Q5_0: form(8, 32),
  Q5_1: form(8, 32, true),
  Q8_0: form(8, 32, false, 8),
  Q2_K: form(4, 16, true),
  Q3_K: form(4, 16),
  Q4_K: form(4, 32, true),
  Q5_K: form(8, 32, true),
  Q6_K: form(8, 16),
  IQ4_NL: form(8, 32),
  IQ4_XS: form(8, 32),
  MXFP4: form(8, 32),
} as const satisfies Partial<Record<TensorType, PackedForm>>;

/** The types that can stay quantised. */
export type PackedType = keyof typeof FORMS;

export const PACKED_TYPES = Object.keys(FORMS) as PackedType[];

export const isPackedType = (type: TensorType): type is PackedType => type in FORMS;

export const packedFormOf = (type: PackedType): PackedForm => FORMS[type];

/** Weights that a product by 8-bit codes may expand to float32 at a time: 67 MB. Of a large vocabulary they would take a gigabyte. */
export const EXPANDED_WEIGHTS = 2 ** 24;
