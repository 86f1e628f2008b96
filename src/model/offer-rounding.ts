import { sentence, VitrineError } from '../shared/errors';
import type { Space, SpaceNeed } from './cache/space';

/**
 * The error for a model that does not fit as float32: what it takes, and what it would take rounded to 8 or 4 bits.
 *
 * @param refusal what is said where rounding does not help either
 * @param eightBits undefined where that does not fit, or nothing is rounded
 */
export function roundingOffer(
  refusal: VitrineError,
  exact: Omit<SpaceNeed, 'folder'>,
  eightBits: Space | undefined,
  fourBits: Space | undefined,
): VitrineError {
  if (!fourBits) return refusal;
  const needed = sentence`${{ bytes: exact.diskBytes }} of disk and about ${{ bytes: exact.memoryBytes }} of memory`;
  const free = sentence`${{ bytes: fourBits.disk.free }} and ${{ bytes: fourBits.memory.free }}`;
  const exactly = sentence`${exact.name} does not fit as it is: it takes ${needed}, and ${free} are free`;
  const four = sentence`to 4 bits (${{ bytes: fourBits.disk.needed }} and ${{ bytes: fourBits.memory.needed }})`;
  if (!eightBits) return new VitrineError('space.approximate.4bit', sentence`${exactly}. ${rounded(four)}`);
  const eight = sentence`to 8 bits (${{ bytes: eightBits.disk.needed }} and ${{ bytes: eightBits.memory.needed }})`;
  return new VitrineError('space.approximate', sentence`${exactly}. ${rounded(sentence`${eight} or ${four}`)}`);
}

const rounded = (to: ReturnType<typeof sentence>) =>
  sentence`Its weights can be rounded ${to}: every number is then approximate, and how far off they are is measured.`;
