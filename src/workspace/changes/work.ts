import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { WINDOW_TOKENS } from '../score-tokens';
import type { ChangedFile } from './changed-files';
import { groupHunks } from './hunk-groups';
import type { Hunk } from './hunks';
import { CONTEXT_TOKENS } from './read-side';

/** Of code, about; what a file costs has to be guessed before its text is read. */
const LINE_TOKENS = 11;
const LINE_BYTES = 35;

/** About how many lines a model has to read for a changed file. */
export async function workOf(file: ChangedFile, root: string): Promise<number> {
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
