import { EXPANDED_WEIGHTS, packedFormOf } from './packed/packed-form';
import { elementsOf } from './tensors/tensor-types';
import type { PlacedWeight } from './weights';

/** The runtime keeps copies of float32 matrices, prepared for products; packed ones it reads as they lie in the file. */
const FLOAT_SHARE = 1.3;
const PACKED_SHARE = 1.1;

/** A chunk's activations, a text of middle length, and the process itself. */
const BESIDE = 400e6;

/** What a loaded model takes in memory, in bytes: an estimate. */
export function memoryNeed(weights: Iterable<PlacedWeight>): number {
  let kept = 0;
  let expanded = 0;
  for (const { shape, packed, parts } of weights) {
    const bytes = parts.reduce((sum, { byteLength }) => sum + byteLength, 0);
    kept += bytes * (packed ? PACKED_SHARE : FLOAT_SHARE);
    if (packed && packedFormOf(packed).codeBits === 8) expanded = Math.max(expanded, expandedBytes(shape));
  }
  return kept + expanded + BESIDE;
}

/** A product with several rows expands a matrix of 8-bit codes, and the runtime prepares that for its product once more. */
function expandedBytes(shape: readonly number[]): number {
  return 2 * Math.min(elementsOf(shape), EXPANDED_WEIGHTS) * Float32Array.BYTES_PER_ELEMENT;
}
