import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LeftOut } from '../../shared/workspace-api';
import { LARGEST_BYTES } from '../files/find-files';
import { leftOutByPath } from '../files/left-out-paths';
import { sourceOf } from '../files/read-source';
import { languageOf } from '../languages/languages';
import type { ChangedFile, DeletedFile, FileVersion } from './changed-files';
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
  const languageId = codeOf(path);
  if (typeof languageId !== 'string') return languageId.leftOut;
  const read = (version: FileVersion) => readVersion(git, version, { path, languageId }, signal);
  const after = await read(file.after);
  if ('leftOut' in after) return after.leftOut;
  const before = file.before ? await read(file.before) : { text: '' };
  // What was generated or minified before, and no longer is, is new.
  const isComparable = 'text' in before;
  return {
    path,
    pathBefore: file.pathBefore,
    languageId,
    before: isComparable ? before.text : '',
    after: after.text,
    hunks: (isComparable && file.hunks) || hunkOfAll(after.text),
  };
}

/** What a deleted file said: all of it is taken away. Undefined of what would not have been read. @throws VitrineError where Git fails */
export async function textOfDeleted(
  git: Git,
  { path, before }: DeletedFile,
  signal?: AbortSignal,
): Promise<FileTexts | undefined> {
  const languageId = codeOf(path);
  if (typeof languageId !== 'string') return undefined;
  const version = await readVersion(git, before, { path, languageId }, signal);
  if ('leftOut' in version) return undefined;
  const { text } = version;
  const all = { before: { from: 0, to: linesOf(text).length }, after: { from: 0, to: 0 } };
  return { path, pathBefore: path, languageId, before: text, after: '', hunks: [all] };
}

/** The language of a file of code that is read, by its path. */
function codeOf(path: string): string | { leftOut: LeftOut } {
  const leftOut = leftOutByPath(path);
  return leftOut ? { leftOut } : (languageOf(path) ?? { leftOut: 'notCode' });
}

/** The lines of a text as Git counts them: what stands after the last line feed is a line, unless it is empty. */
export function linesOf(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

function hunkOfAll(text: string): Hunk[] {
  const to = linesOf(text).length;
  return to === 0 ? [] : [{ before: { from: 0, to: 0 }, after: { from: 0, to } }];
}

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
