import { lstat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { WINDOW_TOKENS } from '../score-tokens';
import type { ChangedFile } from './changed-files';
import { groupHunks } from './hunk-groups';
import type { Hunk } from './hunks';
import { CONTEXT_TOKENS } from './read-side';

/** Of code, about; what a file costs has to be guessed before its text is read. */
const LINE_TOKENS = 11;
const LINE_BYTES = 35;

/** A changed file, and about how many lines a model has to read for it. */
export interface FileWork {
  file: ChangedFile;
  work: number;
}

/**
 * The files of a change in the order in which they are read: what the program is made of before tests, documentation and examples,
 * and of either those first that have the most changed lines for what there is to read.
 */
export async function byWork(files: readonly ChangedFile[], root: string): Promise<FileWork[]> {
  const queue = await Promise.all(
    files.map(async (file) => {
      const work = await workOf(file, root);
      return { file, work, isAside: isAside(file.path), gain: changedLines(file, work) / work };
    }),
  );
  return queue.sort((a, b) => Number(a.isAside) - Number(b.isAside) || b.gain - a.gain || a.work - b.work);
}

const ASIDE_FOLDER = /(?:^|\/)(?:tests?|testing|__tests__|specs?|e2e|docs?|examples?|bench(?:marks?)?|fixtures)\//i;
const TEST_FILE = /^(?:test_.*|conftest)\.py$|[._-](?:test|tests|spec)\.[^.]+$/i;

/** Whether a file is of tests, documentation or examples, by its path. */
export const isAside = (path: string): boolean => ASIDE_FOLDER.test(path) || TEST_FILE.test(basename(path));

/** Of a file that Git does not know, all. */
const changedLines = ({ hunks }: ChangedFile, work: number): number =>
  hunks?.reduce((sum, { before, after }) => sum + before.to - before.from + after.to - after.from, 0) ?? work;

async function workOf(file: ChangedFile, root: string): Promise<number> {
  const lines = file.hunks ? linesRead(file.hunks) : (await bytesOf(join(root, file.path))) / LINE_BYTES;
  return Math.max(1, lines);
}

function linesRead(hunks: readonly Hunk[]): number {
  const groups = groupHunks(
    hunks.map(({ before, after }) => ({ first: after.from, end: after.to, old: before.to - before.from })),
    { window: WINDOW_TOKENS / LINE_TOKENS, context: CONTEXT_TOKENS / LINE_TOKENS },
  );
  return groups.reduce(
    (sum, { from, end, hunks }) => hunks.reduce((lines, { old }) => lines + old, sum + end - from),
    0,
  );
}

/** 0 of a file that is gone. */
const bytesOf = (path: string): Promise<number> =>
  lstat(path).then(
    ({ size }) => size,
    () => 0,
  );
