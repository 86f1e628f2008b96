import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Of the files of a folder that end so, those go that were not used for the longest time, until all take no more than this.
 *
 * @param kept stays, and so do all that are newer
 */
export async function makeRoom(folder: string, ending: string, mostBytes: number, kept: string): Promise<void> {
  const paths = (await readdir(folder)).filter((name) => name.endsWith(ending)).map((name) => join(folder, name));
  const files = await Promise.all(paths.map(async (path) => ({ path, ...(await stat(path)) })));
  let bytes = files.reduce((sum, { size }) => sum + size, 0);
  for (const { path, size } of files.sort((a, b) => a.mtimeMs - b.mtimeMs)) {
    if (bytes <= mostBytes || path === kept) break;
    await rm(path, { force: true });
    bytes -= size;
  }
}
