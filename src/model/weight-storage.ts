import type { AskedStorage } from '../shared/request-fields';
import { availableMemory } from './cache/available-memory';

/** How matrices are kept that a checkpoint has in blocks of few bits: as float32, or as they are. */
export type WeightStorage = 'float32' | 'packed';

/** Below this, float32 reads long texts faster and loads as fast. */
const SMALL_BYTES = 2e9;
/** Of the memory that is free, what a model may take. */
const LARGEST_SHARE = 0.5;

/** Chooses how a model's matrices are kept. @param float32Bytes what all its weights take as float32 */
export async function storageFor(asked: AskedStorage, float32Bytes: number): Promise<WeightStorage> {
  if (asked !== 'auto') return asked;
  if (float32Bytes <= SMALL_BYTES && float32Bytes <= LARGEST_SHARE * (await availableMemory())) return 'float32';
  return 'packed';
}
