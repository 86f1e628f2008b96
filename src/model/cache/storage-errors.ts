import { sep } from 'node:path';
import { sentence, VitrineError } from '../../shared/errors';
import { isDiskFull, reasonOf, systemCodeOf } from '../../shared/system-errors';
import { freeDisk } from './free-disk';
import { notWritable } from './not-writable';

/** The sentence for a disk or memory that is full or a folder that cannot be written to; any other error as it is. */
export async function explainStorageError(
  error: unknown,
  folder: string,
  name: string,
  expectedBytes: number,
): Promise<unknown> {
  if (isOutOfMemory(error)) {
    return new VitrineError(
      'space.memory',
      sentence`The memory ran out while ${name} was compiled: close other programs or choose a smaller model.`,
      { cause: error },
    );
  }
  if (systemCodeOf(error) === undefined) return error;
  if (isDiskFull(error)) {
    const needed = { bytes: expectedBytes };
    const free = { bytes: await freeDisk(folder).catch(() => 0) };
    return new VitrineError(
      'cache.full',
      sentence`There is no room for the compiled ${name}: it needs ${needed} in ${folder}, where ${free} are free. Free some space, clear the compiled models, or put the cache folder on another disk.`,
      { cause: error },
    );
  }
  if (isBelow(error, folder)) {
    return notWritable(folder, reasonOf(error), error);
  }
  return error;
}

/** As the system and V8 tell it. */
const isOutOfMemory = (error: unknown): boolean =>
  systemCodeOf(error) === 'ENOMEM' || (error instanceof RangeError && /allocation failed/.test(error.message));

/** The path tells this folder, and those above it, from the model file, which may be refused as well. */
function isBelow(error: unknown, folder: string): boolean {
  const { path }: NodeJS.ErrnoException = error instanceof Error ? error : new Error();
  // What is written through an open file has no path. The model file has its own sentences.
  return path === undefined || path.startsWith(folder) || folder.startsWith(path + sep);
}
