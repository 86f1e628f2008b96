import { stat } from 'node:fs/promises';
import { basename, join, relative, resolve, sep } from 'node:path';
import { VitrineError } from '../../shared/errors';
import { isMissing } from '../../shared/system-errors';
import { type FoundFiles, findFiles } from '../../workspace/files/find-files';
import { languageOf } from '../../workspace/languages/languages';

/** Of a file that somebody names though nothing says its language. */
const PLAIN_TEXT = 'plaintext';

/**
 * The files of some folders, and some files by themselves, which are read wherever they are; paths are from the current
 * folder.
 *
 * @throws VitrineError `scan.missing`
 */
export async function askedFiles(paths: readonly string[], signal: AbortSignal): Promise<FoundFiles> {
  const all: FoundFiles = { files: [], leftOut: new Map() };
  const known = new Set<string>();
  for (const asked of paths) {
    const { files, leftOut } = await filesAt(asked, signal);
    const path = relative(process.cwd(), resolve(asked)).replaceAll(sep, '/');
    const within = (name: string) => (path === '' ? name : name === '' ? path : join(path, name).replaceAll(sep, '/'));
    for (const file of files) {
      const one = within(file.path);
      if (!known.has(one)) all.files.push({ ...file, path: one });
      known.add(one);
    }
    for (const [name, why] of leftOut) all.leftOut.set(within(name), why);
  }
  return all;
}

/** Of a file its own path is empty. */
async function filesAt(path: string, signal: AbortSignal): Promise<FoundFiles> {
  const status = await stat(path).catch((error: unknown) => {
    if (!isMissing(error)) throw error;
    throw new VitrineError('scan.missing', `There is no file or folder ${path}.`);
  });
  if (status.isDirectory()) return findFiles(path, signal);
  const languageId = languageOf(basename(path)) ?? PLAIN_TEXT;
  return { files: [{ path: '', languageId, bytes: status.size }], leftOut: new Map() };
}
