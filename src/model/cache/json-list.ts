import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { makeFolder } from './make-folder';
import { readSmallFile } from './read-file';
import { removeLeftovers, withTemporaryFolder } from './temporary';

/** Older ones are forgotten. */
const MAX_ENTRIES = 64;

/** What a file of memos in the cache folder holds, the latest first; nothing where it is missing or damaged. */
export async function readJsonList<T>(
  cacheFolder: string,
  file: string,
  memo: v.GenericSchema<unknown, T>,
): Promise<T[]> {
  try {
    return v.parse(v.array(memo), JSON.parse(await readSmallFile(join(cacheFolder, file))));
  } catch {
    return [];
  }
}

/** A memo that cannot be written only costs time. */
export async function writeJsonList(cacheFolder: string, file: string, memos: readonly unknown[]): Promise<void> {
  try {
    await makeFolder(cacheFolder);
    await removeLeftovers(cacheFolder);
    await withTemporaryFolder(cacheFolder, async (folder) => {
      await writeFile(join(folder, file), JSON.stringify(memos.slice(0, MAX_ENTRIES), undefined, 2));
      await rename(join(folder, file), join(cacheFolder, file));
    });
  } catch {}
}
