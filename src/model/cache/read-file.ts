import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

/** Far more than any record or memo of the cache has. */
const MOST_BYTES = 2 ** 20;

/**
 * Opens a regular file and nothing else: to open a named pipe would wait for a writer that may never come.
 *
 * @throws Error of the system, or one that says that it is no regular file.
 */
export async function openRegular(path: string): Promise<FileHandle> {
  // Windows has no such flag, and needs none.
  const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  throw new Error(`${path} is not a regular file`);
}

/** The text of a small regular file of the cache. @throws Error where it is none, or has over a megabyte. */
export async function readSmallFile(path: string): Promise<string> {
  const handle = await openRegular(path);
  try {
    if ((await handle.stat()).size > MOST_BYTES) throw new Error(`${path} is too long`);
    return await handle.readFile('utf8');
  } finally {
    await handle.close();
  }
}
