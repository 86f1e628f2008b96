import { statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { sentence } from '../../shared/errors';
import { notWritable } from './not-writable';

/**
 * Bytes that this user may still write in a folder; it need not exist yet.
 *
 * @throws VitrineError `cache.notWritable` where no disk is behind it, as below /proc.
 */
export async function freeDisk(folder: string): Promise<number> {
  const place = await diskOf(resolve(folder));
  if (place.blocks === 0 && place.bavail === 0)
    throw notWritable(folder, sentence`${place.path} is no place for files`);
  return place.bavail * place.bsize;
}

/** Of a folder, or of the nearest one above it that there is. */
async function diskOf(path: string): Promise<{ path: string; blocks: number; bavail: number; bsize: number }> {
  try {
    const { blocks, bavail, bsize } = await statfs(path);
    return { path, blocks, bavail, bsize };
  } catch (error) {
    const parent = dirname(path);
    if (parent === path) throw error;
    return diskOf(parent);
  }
}
