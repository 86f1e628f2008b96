import type { Dirent } from 'node:fs';
import { opendir } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCommonName } from '../../shared/folder-name';

/** Folders and files looked at in one place, at most: a search that never ends helps nobody. */
const MOST_ENTRIES = 20_000;

/** Is told of a folder or a model that cannot be read, and why. @param name what its place calls it, where that is no path */
export type PassOver = (path: string, error: unknown, name?: string) => void;

/**
 * Files and links to files under a folder, the nearest first.
 *
 * @param deepest folders below it that are looked into, each in another; what a training has saved in one of them, too
 */
export async function* filesIn(root: string, deepest: number, passOver: PassOver): AsyncGenerator<string> {
  const folders = [{ path: root, depth: 0 }];
  let visited = 0;
  for (let folder = folders.shift(); folder && visited < MOST_ENTRIES; folder = folders.shift()) {
    for await (const entry of entriesOf(folder.path, passOver)) {
      visited += 1;
      const path = join(folder.path, entry.name);
      const isNearEnough = folder.depth < deepest || (folder.depth === deepest && hasCommonName(path));
      if (entry.isDirectory() && isNearEnough) folders.push({ path, depth: folder.depth + 1 });
      else if (entry.isFile() || entry.isSymbolicLink()) yield path;
    }
  }
}

async function* entriesOf(folder: string, passOver: PassOver): AsyncGenerator<Dirent> {
  try {
    yield* await opendir(folder);
  } catch (error) {
    passOver(folder, error);
  }
}
