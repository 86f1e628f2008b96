/**
 * Makes the list of commits that main.ts measures, from clones of public repositories:
 *
 *     node bench/run.mjs fix-commits/list CLONE… > commits.json
 *
 * A fix is told by the words of its subject, as in Ray et al., "On the naturalness of buggy code" (ICSE 2016); of those, the
 * small ones: one file of TypeScript or Python beside tests and documents, of which at most four lines are replaced.
 */
import type { FixCommit } from './fix-commit';
import { git } from './git';

const WORDS = ['error', 'bug', 'fix', 'issue', 'mistake', 'incorrect', 'fault', 'defect', 'flaw'];
/** Of the subjects with such words, those that say that it is something else. */
const OTHERWISE =
  /\b(typos?|docs?|documentation|docstrings?|readme|links?|changelog|comments?|lint|style|format(ting)?|tests?|ci|build|merge|types?|typing|mypy|pyright|typescript|flow|syntax|imports?|release|version|bump|python ?[23]|py[23]k?|refactor|rename[ds]?|revert|feat|capitali[sz]\w*|spelling|grammar|indent\w*|wording|message|docstring|unused|deprecat\w*)\b/i;
const SOURCE = /\.(ts|tsx|py)$/;
/** What comes with a fix and is not it. */
const BESIDE =
  /(^|\/)(tests?|scripts?|locales?|vendor|requests\/packages|__tests__|docs?|examples?|benchmarks?)\/|(^|[/.])(test|spec|test-d|bench)\.|_test\.py$|(^|\/)test_|\.(md|rst|txt|mdx)$|CHANGES|conftest\.py$|setup\.py$|\.d\.ts$/;
const MOST_CHANGED = 4;
const FEWEST_LINES = 30;
const MOST_LINES = 500;
const WANTED = 200;

const clones = process.argv.slice(2);
const found = clones.map(fixesOf);
// As many of each repository as there are, and no one of them more than its share while others have some.
const commits: FixCommit[] = [];
for (let round = 0; commits.length < WANTED && found.some((fixes) => fixes.length > round); round++) {
  for (const fixes of found) if (fixes[round] && commits.length < WANTED) commits.push(fixes[round] as FixCommit);
}
console.error(`${commits.length} commits: ${clones.map((clone, i) => `${clone} has ${found[i]?.length}`).join(', ')}`);
console.log(JSON.stringify(commits, null, 1));

/** The newest first. */
function fixesOf(repository: string): FixCommit[] {
  const pattern = `\\b(${WORDS.join('|')})(e[sd]|s|ing)?\\b`;
  const log = git(repository, 'log', '--no-merges', '-P', '-i', `--grep=${pattern}`, '--format=%H %s');
  const isFix = new RegExp(pattern, 'i');
  return log
    .split('\n')
    .map((line) => ({ commit: line.slice(0, 40), subject: line.slice(41) }))
    .filter(({ subject }) => isFix.test(subject) && !OTHERWISE.test(subject))
    .flatMap(({ commit, subject }) => fixOf(repository, commit, subject) ?? []);
}

function fixOf(repository: string, commit: string, subject: string): FixCommit | undefined {
  const changed = git(repository, 'show', '--format=', '--name-status', '--no-renames', commit).trim().split('\n');
  const sources = changed.filter((line) => !BESIDE.test(line.slice(2)));
  const [only = ''] = sources;
  const path = only.slice(2);
  if (sources.length !== 1 || !only.startsWith('M') || !SOURCE.test(path)) return undefined;
  const before = git(repository, 'show', `${commit}^:${path}`).split('\n');
  if (before.length < FEWEST_LINES || before.length > MOST_LINES) return undefined;
  const diff = git(repository, 'diff', '-U0', '-w', `${commit}^`, commit, '--', path).split('\n');
  const added = diff.filter((line) => /^\+(?!\+\+)/.test(line));
  const lines = diff.flatMap(removedLines).filter((line) => isCode(before[line] ?? ''));
  if (lines.length === 0 || lines.length > MOST_CHANGED || added.length > MOST_CHANGED) return undefined;
  return { repository, commit, subject, path, lines };
}

/** Of a hunk's header: `@@ -12,2 +12 @@`. */
function removedLines(header: string): number[] {
  const [, from, count = '1'] = /^@@ -(\d+)(?:,(\d+))?/.exec(header) ?? [];
  return from === undefined ? [] : Array.from({ length: Number(count) }, (_, i) => Number(from) - 1 + i);
}

/** A comment or a line without a letter is not what was wrong. */
function isCode(line: string): boolean {
  return /\p{L}/u.test(line) && !/^\s*(#|\/\/|\/?\*|import\b|from\b|"""|''')/.test(line);
}
