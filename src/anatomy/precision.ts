import type { AnatomyTensor, ModelAnatomy } from '../shared/anatomy-api';
import { ROUNDED_BLOCK } from '../shared/block-rounding';
import type { Limits } from '../shared/part-times-api';
import { leastPassSeconds, passWork } from './roofline';

/** In what numbers the weights of a model are kept, by the names that `--weights` has. */
export const PRECISIONS = ['float32', 'bf16', 'fp16', 'q8_0', 'q4_0'] as const;
export type Precision = (typeof PRECISIONS)[number];

/** Of a weight; in blocks of 8 or 4 bits with its part of the scale, which is an fp16. */
const WEIGHT_BYTES: Readonly<Record<Precision, number>> = {
  float32: 4,
  bf16: 2,
  fp16: 2,
  q8_0: 1 + 2 / ROUNDED_BLOCK,
  q4_0: 0.5 + 2 / ROUNDED_BLOCK,
};

const FLOAT_BYTES = 4;

/** Bytes of all weights. Blocks hold matrices alone: norms, biases, routers and rows that are no whole blocks stay float32. */
export function weightBytes({ tensors }: ModelAnatomy, precision: Precision): number {
  const isOfBlocks = precision === 'q8_0' || precision === 'q4_0';
  const bytesOf = (tensor: AnatomyTensor) =>
    isOfBlocks && !fitsBlocks(tensor) ? FLOAT_BYTES : WEIGHT_BYTES[precision];
  return tensors.reduce((sum, tensor) => sum + tensor.elements * bytesOf(tensor), 0);
}

const NO_MATRIX = /(norm|router|positionEmbedding)$/;

/** Whether it is a matrix whose rows are whole blocks. */
export const fitsBlocks = ({ shape, roles }: AnatomyTensor): boolean =>
  shape.length > 1 && (shape.at(-1) ?? 0) % ROUNDED_BLOCK === 0 && !roles.some((role) => NO_MATRIX.test(role));

/**
 * Seconds that one token more takes at least: every weight is read once, and the keys and values of the tokens before it.
 *
 * @param bytes of all weights
 * @param numberBytes of one number of keys, values and what runs between products
 * @param tokens that stand before it
 */
export function decodingSeconds(
  anatomy: ModelAnatomy,
  { bytes, numberBytes, tokens }: { bytes: number; numberBytes: number; tokens: number },
  limits: Limits,
): number {
  const elements = anatomy.tensors.reduce((sum, tensor) => sum + tensor.elements, 0);
  const shape = { tokens: tokens + 1, from: tokens, batch: 1, weightBytes: bytes / elements, numberBytes };
  return leastPassSeconds(passWork(anatomy, { ...shape, attention: 'fused' }), limits);
}
