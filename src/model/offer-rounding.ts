import { type Sentence, sentence, VitrineError } from '../shared/errors';
import type { Space, SpaceNeed } from './cache/space';

/**
 * The error for a model that does not fit as it is: what it takes, and what it would take rounded to 8 or 4 bits.
 *
 * @param refusal what is said where rounding does not help either
 * @param eightBits undefined where that does not fit, or nothing is rounded
 */
export function roundingOffer(
  refusal: VitrineError,
  { name, diskBytes, memoryBytes }: Omit<SpaceNeed, 'folder'>,
  eightBits: Space | undefined,
  fourBits: Space | undefined,
): VitrineError {
  if (!fourBits) return refusal;
  const exact = taken(diskBytes, memoryBytes);
  const free = sentence`${{ bytes: fourBits.disk.free }} and ${{ bytes: fourBits.memory.free }}`;
  const four = taken(fourBits.disk.needed, fourBits.memory.needed);
  const refused = sentence`${name} does not fit as it is: it takes ${exact}, and ${free} are free`;
  if (!eightBits) {
    return new VitrineError(
      'space.approximate.4bit',
      sentence`${refused}. Its weights can be rounded to 4 bits (${four}): every number is then approximate, and how far off is measured.`,
    );
  }
  const eight = taken(eightBits.disk.needed, eightBits.memory.needed);
  return new VitrineError(
    'space.approximate',
    sentence`${refused}. Its weights can be rounded to 8 bits (${eight}) or to 4 bits (${four}): every number is then approximate, and how far off is measured.`,
  );
}

function taken(diskBytes: number, memoryBytes: number): Sentence {
  return sentence`${{ bytes: diskBytes }} of disk and about ${{ bytes: memoryBytes }} of memory`;
}
