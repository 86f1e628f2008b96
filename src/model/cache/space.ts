import { type Sentence, sentence, VitrineError } from '../../shared/errors';
import { availableMemory } from './available-memory';
import { freeDisk } from './free-disk';

/** Above this much disk or memory a person is asked first. */
const CONFIRMATION_BYTES = 2e9;

/** What compiling and loading a model takes. */
export interface SpaceNeed {
  /** The model's name. */
  name: string;
  diskBytes: number;
  memoryBytes: number;
  /** Where it is compiled to; it need not exist yet. */
  folder: string;
}

export interface Space {
  /** More than 2 GB of disk or memory. */
  needsConfirmation: boolean;
  /** In bytes. */
  disk: { needed: number; free: number };
  /** In bytes. */
  memory: { needed: number; free: number };
  /** What is needed and what is free, for a person. */
  sentence: Sentence;
}

/**
 * Compares what a model needs with what is free.
 *
 * @throws VitrineError `space.disk` or `space.memory` where it does not fit.
 */
export async function checkSpace(need: SpaceNeed): Promise<Space> {
  return judgeSpace(need, await freeDisk(need.folder), await availableMemory());
}

/** `checkSpace` for a machine that has this much disk and memory free, in bytes. */
export function judgeSpace({ name, diskBytes, memoryBytes, folder }: SpaceNeed, disk: number, memory: number): Space {
  const space = sentence`Compiling ${name} writes ${{ bytes: diskBytes }} to ${folder} and needs about ${{ bytes: memoryBytes }} of memory; ${{ bytes: disk }} and ${{ bytes: memory }} are free`;
  // First what cannot be mended by clearing away.
  if (memoryBytes > memory) {
    throw new VitrineError('space.memory', sentence`${space}: close other programs or choose a smaller model.`);
  }
  if (diskBytes > disk) {
    throw new VitrineError(
      'space.disk',
      sentence`${space}: free some disk space, clear the compiled models, or put the cache folder on another disk.`,
    );
  }
  return {
    needsConfirmation: Math.max(diskBytes, memoryBytes) > CONFIRMATION_BYTES,
    disk: { needed: diskBytes, free: disk },
    memory: { needed: memoryBytes, free: memory },
    sentence: sentence`${space}.`,
  };
}
