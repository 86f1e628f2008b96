import type { RoundedType } from '../shared/block-rounding';
import { HALF_FLOATS, type HalfFloat } from '../shared/half-floats';
import type { AskedStorage } from '../shared/request-fields';
import { availableMemory } from './cache/available-memory';

/** How matrices are to be kept: see `WEIGHT_STORAGES`. */
type ChosenStorage = Exclude<AskedStorage, 'auto'>;

/** To what blocks the forms round that are not exact. */
export const ROUNDED_TYPES: Readonly<Partial<Record<ChosenStorage, RoundedType>>> = {
  '8bit': 'Q8_0',
  '4bit': 'Q4_0',
  q8_0: 'Q8_0',
  q4_0: 'Q4_0',
};

/** Whether a form rounds to numbers of 16 bits. */
export const isHalf = (storage: AskedStorage): storage is HalfFloat => HALF_FLOATS.some((half) => half === storage);

/** Whether a form leaves matrices as they are that the file has in blocks. */
export const keepsBlocks = (storage: ChosenStorage): boolean => ['packed', '8bit', '4bit'].includes(storage);

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
): Promise<ChosenStorage> {
  if (asked !== 'auto') return asked;
  if (!hasBlocks) return 'float32';
  if (float32Bytes <= SMALL_BYTES && float32Bytes <= LARGEST_SHARE * (await availableMemory())) return 'float32';
  return 'packed';
}
