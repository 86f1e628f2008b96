import { lstat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readSmallFile } from './read-file';

/** By this name and first line, programs that make backups know what they may leave out: https://bford.info/cachedir/ */
export const MARKER_FILE = 'CACHEDIR.TAG';
const MARKER = `Signature: 8a477f597d28d172789f06886806bc55
# Vitrine made this folder. What is in it is made again when it is needed.
`;

/** Says that a folder is Vitrine's own: only such are ever removed. */
export async function mark(folder: string): Promise<void> {
  await writeFile(join(folder, MARKER_FILE), MARKER);
}

export async function isMarked(folder: string): Promise<boolean> {
  const text = await readSmallFile(join(folder, MARKER_FILE)).catch(() => '');
  return text === MARKER && (await isFolder(folder));
}

/** Not one that a link leads to. */
export async function isFolder(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined))?.isDirectory() ?? false;
}
