import type { Git } from './git';

/** Lines from one on to another, which is no longer among them; counted from 0. */
export interface LineRange {
  from: number;
  to: number;
}

/** Lines that a change takes away, and those that it puts in their place; one of the two may be none. */
export interface Hunk {
  before: LineRange;
  after: LineRange;
}

/** What Git tells of a file that it compares. */
export interface ComparedFile {
  hunks: Hunk[];
  isBinary: boolean;
}

const LINE_FEED = 0x0a;
/** A header of a hunk is shorter, and of a line of text only its first character matters. */
const HEADER_BYTES = 100;

/**
 * The hunks of each file of a comparison, in Git's order: of one that is binary, or has only another name or mode, none.
 *
 * @param compare what `git diff` is to compare, as its arguments
 */
export async function hunksOfFiles(
  git: Git,
  compare: readonly string[],
  signal?: AbortSignal,
): Promise<ComparedFile[]> {
  const files: ComparedFile[] = [];
  const args = ['diff', ...PLAIN, '--unified=0', '--inter-hunk-context=0', ...compare];
  for await (const line of git.eachRecord(args, LINE_FEED, HEADER_BYTES, signal)) {
    // Lines of texts begin with a sign or a blank.
    if (line.startsWith('diff --git ')) files.push({ hunks: [], isBinary: false });
    const file = files.at(-1);
    if (!file) continue;
    if (line.startsWith('@@ ')) file.hunks.push(hunkOf(line));
    else if (line.startsWith('Binary files ')) file.isBinary = true;
  }
  return files;
}

/** Whatever a person has set for what is shown to them. */
export const PLAIN = [
  '--no-color',
  '--no-ext-diff',
  '--no-textconv',
  '--no-relative',
  '--submodule=short',
  '--find-renames',
  // As a person and the editor's own diff see it: Git's default pairs single lines of blocks that have nothing else in common.
  '--diff-algorithm=histogram',
] as const;

/** `@@ -1,2 +3 @@`: first line and count on either side; of no lines, the line that they would follow. */
function hunkOf(header: string): Hunk {
  const [, start, count, newStart, newCount] = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(header) ?? [];
  return { before: rangeOf(start, count), after: rangeOf(newStart, newCount) };
}

function rangeOf(start = '0', count = '1'): LineRange {
  const lines = Number(count);
  const from = lines === 0 ? Number(start) : Number(start) - 1;
  return { from, to: from + lines };
}
