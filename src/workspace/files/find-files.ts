import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { LeftOut } from '../../shared/workspace-api';
import { languageOf } from '../languages/languages';
import { leftOutByPath } from './left-out-paths';
import { listFolder } from './list-folder';
import { listGit } from './list-git';

/** A file of code. */
export interface WorkspaceFile {
  /** From the folder that was asked about, with `/`. */
  path: string;
  languageId: string;
  bytes: number;
}

export interface FoundFiles {
  /** By path. */
  files: WorkspaceFile[];
  /** Of what is ignored as a folder, the folder with a slash at its end. */
  leftOut: Map<string, LeftOut>;
}

/** Of code that a person wrote, few files have more. */
export const LARGEST_BYTES = 1e6;

/**
 * The files of a folder that are code, as far as names and sizes tell, and why others are not read: in a Git repository
 * those that Git knows or would add, elsewhere all that no `.gitignore` leaves out. Links are not followed.
 *
 * @throws AbortError
 */
export async function findFiles(folder: string, signal: AbortSignal): Promise<FoundFiles> {
  const { kept, ignored } = (await listGit(folder, signal)) ?? (await listFolder(folder, signal));
  const found: FoundFiles = { files: [], leftOut: new Map(ignored.map((path) => [path, 'ignored'])) };
  for (const path of kept) {
    signal.throwIfAborted();
    const file = await fileAt(folder, path);
    if (typeof file === 'string') found.leftOut.set(path, file);
    else if (file) found.files.push(file);
  }
  return found;
}

/** Undefined of what is no file: a link, a repository in the repository, what Git still knows of and is no longer there. */
export async function fileAt(folder: string, path: string): Promise<WorkspaceFile | LeftOut | undefined> {
  const byPath = leftOutByPath(path);
  if (byPath) return byPath;
  const languageId = languageOf(path);
  if (languageId === undefined) return 'notCode';
  const status = await lstat(join(folder, path)).catch(() => undefined);
  if (!status?.isFile()) return undefined;
  return status.size > LARGEST_BYTES ? 'tooLarge' : { path, languageId, bytes: status.size };
}
