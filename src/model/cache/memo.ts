import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { makeFolder } from './make-folder';
import { removeIfPossible, removeLeftovers, temporaryPath } from './temporary';

/** Older ones are forgotten. */
const MAX_MEMOS = 64;

/** What a file of memos in the cache folder holds, the latest first; nothing where it is missing or damaged. */
export async function readMemos<T>(cacheFolder: string, file: string, memo: v.GenericSchema<unknown, T>): Promise<T[]> {
  try {
    return v.parse(v.array(memo), JSON.parse(await readFile(join(cacheFolder, file), 'utf8')));
  } catch {
    return [];
  }
}

/** A memo that cannot be written only costs time. */
export async function writeMemos(cacheFolder: string, file: string, memos: readonly unknown[]): Promise<void> {
  const temporary = temporaryPath(cacheFolder);
  try {
    await makeFolder(cacheFolder);
    await removeLeftovers(cacheFolder);
    await writeFile(temporary, JSON.stringify(memos.slice(0, MAX_MEMOS), undefined, 2));
    await rename(temporary, join(cacheFolder, file));
  } catch {
    await removeIfPossible(temporary);
  }
}
