import type { Dirent } from 'node:fs';
import { opendir } from 'node:fs/promises';
import { join } from 'node:path';

/** Folders and files looked at in one place, at most: a search that never ends helps nobody. */
const MOST_ENTRIES = 20_000;
const DEEPEST = 6;

/** Files and links to files under a folder, the nearest first. @param passOver is told of a folder that cannot be read */
export async function* filesIn(
  root: string,
  passOver: (folder: string, error: unknown) => void,
): AsyncGenerator<string> {
  const folders = [{ path: root, depth: 0 }];
  let looked = 0;
  for (let folder = folders.shift(); folder && looked < MOST_ENTRIES; folder = folders.shift()) {
    for await (const entry of entriesOf(folder.path, passOver)) {
      looked += 1;
      const path = join(folder.path, entry.name);
      if (entry.isDirectory() && folder.depth < DEEPEST) folders.push({ path, depth: folder.depth + 1 });
      else if (entry.isFile() || entry.isSymbolicLink()) yield path;
    }
  }
}

async function* entriesOf(folder: string, passOver: (folder: string, error: unknown) => void): AsyncGenerator<Dirent> {
  try {
    yield* await opendir(folder);
  } catch (error) {
    passOver(folder, error);
  }
}
