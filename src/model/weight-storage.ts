import type { AskedStorage } from '../shared/request-fields';
import { availableMemory } from './cache/available-memory';
import type { RoundedType } from './packed/quantise';

/** How a model's matrices are kept: see `WEIGHT_STORAGES`. */
export type WeightStorage = Exclude<AskedStorage, 'auto'>;

/** Forms that are not exact. */
export type RoundedStorage = '8bit' | '4bit';

/** To what blocks they round. */
export const ROUNDED_TYPES: Readonly<Record<RoundedStorage, RoundedType>> = { '8bit': 'Q8_0', '4bit': 'Q4_0' };

/** Below this, float32 reads long texts faster and loads as fast. */
const SMALL_BYTES = 2e9;
/** Of the memory that is free, what a model may take. */
const LARGEST_SHARE = 0.5;

/**
 * Chooses how a model's matrices are kept.
 *
 * @param float32Bytes what all its weights take as float32
 * @param hasBlocks whether its file has matrices in blocks of few bits
 */
export async function storageFor(
  asked: AskedStorage,
  float32Bytes: number,
  hasBlocks: boolean,
): Promise<WeightStorage> {
  if (asked !== 'auto') return asked;
  if (!hasBlocks) return 'float32';
  if (float32Bytes <= SMALL_BYTES && float32Bytes <= LARGEST_SHARE * (await availableMemory())) return 'float32';
  return 'packed';
}
