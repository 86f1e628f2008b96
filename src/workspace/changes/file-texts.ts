import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LeftOut } from '../../shared/workspace-api';
import type { ChangedFile, FileVersion } from './changed-files';
import type { Git } from './git';
import type { Hunk } from './hunks';

/** Of a text that somebody wrote, more than enough. */
const MOST_BYTES = 1e6;

/** Both sides of a file, their lines ended by line feeds alone: of how lines end, a model shall not be surprised. */
export interface FileTexts {
  /** Empty where there was no file. */
  before: string;
  after: string;
  hunks: readonly Hunk[];
}

/** What a changed file says and said, or why it is not read. */
export async function readTexts(git: Git, file: ChangedFile, signal?: AbortSignal): Promise<FileTexts | LeftOut> {
  const before = file.before ? await readVersion(git, file.before, file.path, signal) : '';
  const after = await readVersion(git, file.after, file.path, signal);
  if (typeof before === 'object') return before.leftOut;
  if (typeof after === 'object') return after.leftOut;
  return { before, after, hunks: file.hunks ?? hunkOfAll(after) };
}

/** The lines of a text as Git counts them: what stands after the last line feed is a line, unless it is empty. */
export function linesOf(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

const hunkOfAll = (text: string): Hunk[] => {
  const lines = linesOf(text).length;
  return lines === 0 ? [] : [{ before: { from: 0, to: 0 }, after: { from: 0, to: lines } }];
};

async function readVersion(
  git: Git,
  version: FileVersion,
  path: string,
  signal?: AbortSignal,
): Promise<string | { leftOut: LeftOut }> {
  const bytes =
    version.kind === 'stored'
      ? await git.blob(version.id, MOST_BYTES, signal)
      : await readFromDisk(join(git.root, path));
  if (bytes === undefined) return { leftOut: 'tooLarge' };
  if (typeof bytes === 'string') return { leftOut: bytes };
  if (bytes.includes(0)) return { leftOut: 'binary' };
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).replaceAll('\r\n', '\n');
  } catch {
    // In another encoding a model would read other letters than a person.
    return { leftOut: 'unreadable' };
  }
}

/** @returns undefined where it is too large */
async function readFromDisk(path: string): Promise<Buffer | LeftOut | undefined> {
  try {
    const { size, isFile } = await lstat(path).then((found) => ({ size: found.size, isFile: found.isFile() }));
    if (!isFile) return 'unreadable';
    return size > MOST_BYTES ? undefined : await readFile(path);
  } catch {
    return 'unreadable';
  }
}
