import { sep } from 'node:path';
import { sentence, VitrineError } from '../../shared/errors';
import { formatBytes } from '../../shared/format-bytes';
import { freeDisk } from './free-disk';

const FULL = new Set(['ENOSPC', 'EDQUOT']);
/** ENOENT is what Node's recursive mkdir says of a read-only disk. */
const REFUSED = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOENT']);

/** The sentence for a disk that is full or a folder that cannot be written to; any other error as it is. */
export async function explainStorageError(
  error: unknown,
  folder: string,
  name: string,
  expectedBytes: number,
): Promise<unknown> {
  const { code, path } = systemErrorOf(error);
  if (FULL.has(code)) {
    const needed = formatBytes(expectedBytes);
    const free = formatBytes(await freeDisk(folder).catch(() => 0));
    return new VitrineError(
      'cache.full',
      sentence`There is no room for the compiled ${name}: it needs ${needed} in ${folder}, where ${free} are free. Free some space, clear the compiled models, or put the cache folder on another disk.`,
      { cause: error },
    );
  }
  // The path tells this folder, and those above it, from the model file, which may be refused as well.
  if (REFUSED.has(code) && (path.startsWith(folder) || folder.startsWith(path + sep))) {
    return new VitrineError(
      'cache.notWritable',
      sentence`Vitrine cannot write compiled models to ${folder}: make it a folder that you may write to.`,
      { cause: error },
    );
  }
  return error;
}

function systemErrorOf(error: unknown): { code: string; path: string } {
  const { code, path }: NodeJS.ErrnoException = error instanceof Error ? error : new Error();
  return { code: code ?? '', path: path ?? '' };
}
