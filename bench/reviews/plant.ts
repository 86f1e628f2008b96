import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Changes, parseScope, readChanges } from '../../src/workspace/changes/changed-files';
import { commentHunks } from '../../src/workspace/changes/comments';
import { type FileTexts, readTexts } from '../../src/workspace/changes/file-texts';
import { Git } from '../../src/workspace/changes/git';
import type { Hunk } from '../../src/workspace/changes/hunks';
import { whiteSpaceHunks } from '../../src/workspace/changes/white-space';
import { isAside } from '../../src/workspace/changes/work';
import { syntaxOf } from '../../src/workspace/languages/languages';
import { lineKindsOf } from '../../src/workspace/lines/line-kinds';
import { lineStartsOf } from '../../src/workspace/lines/line-starts';
import { partsOf } from '../../src/workspace/lines/parts';
import { git } from '../fix-commits/git';
import { mutate } from '../fix-commits/mutants';

/** A change with slips in it, which is not committed. */
export interface PlantedChange {
  git: Git;
  changes: Changes;
  slips: { path: string; line: number }[];
}

/** About so many hunks of a change are read: the files that come first. */
const MOST_HUNKS = 50;
/** A slip is planted into one of so many. */
const HUNKS_TO_A_SLIP = 3;

/**
 * Clones a repository, and plants slips into what a range changes of its program: tests, documentation and examples are left
 * out, as are hunks without new code.
 *
 * @param range `A..B`
 * @param folder that is empty
 * @param random from 0 to 1
 */
export async function plantSlips(
  repository: string,
  range: string,
  folder: string,
  random: () => number,
): Promise<PlantedChange> {
  const [from = '', to = ''] = range.split('..');
  git(repository, 'clone', '--quiet', '--shared', '--no-checkout', repository, folder);
  git(folder, 'checkout', '--quiet', '--detach', to);
  const opened = await Git.open(folder);
  const scope = await parseScope(opened, from);
  const slips: PlantedChange['slips'] = [];
  const paths: string[] = [];
  let hunks = 0;
  for (const file of (await readChanges(opened, scope)).files) {
    const texts = isAside(file.path) ? 'notCode' : await readTexts(opened, file);
    if (typeof texts === 'string' || hunks >= MOST_HUNKS) continue;
    const lines = texts.after.split('\n');
    for (const code of codeOfHunks(texts)) {
      const mutant = hunks++ % HUNKS_TO_A_SLIP === 0 ? mutate(lines, code, random) : undefined;
      if (!mutant) continue;
      lines[mutant.line] = mutant.after;
      slips.push({ path: file.path, line: mutant.line });
    }
    writeFileSync(join(folder, file.path), lines.join('\n'));
    paths.push(file.path);
  }
  return { git: opened, changes: await readChanges(opened, scope, undefined, paths), slips };
}

/** Of each hunk with new code, which lines that is. */
function codeOfHunks(texts: FileTexts): number[][] {
  const { after, languageId, hunks } = texts;
  const syntax = syntaxOf(languageId);
  const kinds = lineKindsOf(after, lineStartsOf(after), partsOf(after, syntax), syntax);
  const [isWhiteSpace, isComment] = [whiteSpaceHunks(texts), commentHunks(texts)];
  const isCode = (line: number) => kinds[line] === 'declaration' || kinds[line] === 'other';
  const linesOf = ({ after: { from, to } }: Hunk) => Array.from({ length: to - from }, (_, i) => from + i);
  return hunks
    .filter((hunk) => !isWhiteSpace(hunk) && !isComment(hunk))
    .map((hunk) => linesOf(hunk).filter(isCode))
    .filter((lines) => lines.length > 0);
}
