import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LeftOut } from '../../shared/workspace-api';
import { LARGEST_BYTES } from '../files/find-files';
import { leftOutByPath } from '../files/left-out-paths';
import { sourceOf } from '../files/read-source';
import { languageOf } from '../languages/languages';
import type { ChangedFile, FileVersion } from './changed-files';
import type { Git } from './git';
import type { Hunk } from './hunks';

/** Both sides of a file, their lines ended by line feeds alone: by how lines end a model shall not be surprised. */
export interface FileTexts {
  path: string;
  /** Where it was before, if it was. */
  pathBefore: string | undefined;
  languageId: string;
  /** Empty where there was no file. */
  before: string;
  after: string;
  hunks: readonly Hunk[];
}

/** What a changed file says and said, or why it is not read. @throws VitrineError where Git fails */
export async function readTexts(git: Git, file: ChangedFile, signal?: AbortSignal): Promise<FileTexts | LeftOut> {
  const { path } = file;
  const languageId = languageOf(path);
  const byPath = leftOutByPath(path) ?? (languageId === undefined ? 'notCode' : undefined);
  if (byPath) return byPath;
  const read = (version: FileVersion) => readVersion(git, version, { path, languageId: languageId as string }, signal);
  const after = await read(file.after);
  if ('leftOut' in after) return after.leftOut;
  const before = file.before ? await read(file.before) : { text: '' };
  // What was generated or minified before, and no longer is, is new.
  const isComparable = 'text' in before;
  return {
    path,
    pathBefore: file.pathBefore,
    languageId: languageId as string,
    before: isComparable ? before.text : '',
    after: after.text,
    hunks: (isComparable && file.hunks) || hunkOfAll(after.text),
  };
}

/** The lines of a text as Git counts them: what stands after the last line feed is a line, unless it is empty. */
export function linesOf(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

const hunkOfAll = (text: string): Hunk[] => [
  { before: { from: 0, to: 0 }, after: { from: 0, to: linesOf(text).length } },
];

async function readVersion(
  git: Git,
  version: FileVersion,
  { path, languageId }: Pick<FileTexts, 'path' | 'languageId'>,
  signal?: AbortSignal,
): Promise<{ text: string } | { leftOut: LeftOut }> {
  const bytes =
    version.kind === 'stored'
      ? await git.blob(version.id, LARGEST_BYTES, signal)
      : await readFromDisk(join(git.root, path));
  if (typeof bytes === 'string') return { leftOut: bytes };
  const source = sourceOf(bytes, languageId);
  return 'text' in source ? { text: source.text.replaceAll('\r\n', '\n') } : source;
}

async function readFromDisk(path: string): Promise<Buffer | LeftOut> {
  try {
    const status = await lstat(path);
    if (!status.isFile()) return 'unreadable';
    return status.size > LARGEST_BYTES ? 'tooLarge' : await readFile(path);
  } catch {
    return 'unreadable';
  }
}
