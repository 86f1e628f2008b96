import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type InspectJson, vitrine } from '../support/command-line';

const BEFORE = `# Means.
def mean(values):
    total = 0
    for value in values:
        total += value
    return total / len(values)


def largest(values):
    return max(values)
`;
// In the second hunk only a comment changes.
const AFTER = BEFORE.replace('total += value', 'total -= value').replace(
  'return max(values)',
  'return max(values)  # purple elephants',
);
const SPREAD = `# Spread.
def highest(values):
    return max(values)


def spread(values):
    values = banana(values)
    return max(values) - min(values)
`;

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-review-'));
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder });
  git('init', '--quiet', '--initial-branch=main');
  writeFileSync(join(folder, 'mean.py'), BEFORE);
  git('add', '--all');
  git('-c', 'user.name=a', '-c', 'user.email=a@example.org', 'commit', '--quiet', '--message', 'm');
  writeFileSync(join(folder, 'mean.py'), AFTER);
  writeFileSync(join(folder, 'notes.txt'), 'a\n');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function review(...options: string[]): Promise<string> {
  const { code, stdout, stderr } = await vitrine(['review', ...options], { cwd: folder });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

/** What the model makes of a line of each text, from 0, by the command that shows each token. */
async function lineOf(texts: readonly string[], line: number): Promise<{ bits: number; tokens: number }[]> {
  const input = texts.map((text) => JSON.stringify({ text })).join('\n');
  const { stdout } = await vitrine(['inspect', '--prompts', '-', '--top', '1'], { input });
  const read: InspectJson[] = stdout.split('\n', texts.length).map((answer) => JSON.parse(answer));
  return read.map(({ text, tokens }) => {
    const starts = [0, ...Array.from(text.matchAll(/\n/g), ({ index }) => index + 1)];
    const [from, to] = [starts[line] as number, starts[line + 1] as number];
    // White space before a line's first letter is of the line.
    const own = tokens.filter(({ start, end }) => start >= from - 1 && end > from && end <= to);
    return { bits: own.reduce((sum, { logprob }) => sum - (logprob ?? 0) / Math.LN2, 0), tokens: own.length };
  });
}

test('holds the new lines of a hunk against the old ones, given what stands before them in the new file', async () => {
  const { hunks, notRead, scope } = JSON.parse(await review('--json'));
  expect(scope).toEqual({ kind: 'uncommitted' });
  expect(notRead).toEqual([{ path: 'notes.txt', why: 'notCode' }]);
  const hunk = hunks.find(({ after }: { after: { from: number } }) => after.from === 4);
  expect(hunk).toMatchObject({
    path: 'mean.py',
    before: { from: 4, to: 5 },
    after: { from: 4, to: 5 },
    isComment: false,
  });
  const old = [...AFTER.split('\n').slice(0, 4), ...BEFORE.split('\n').slice(4)].join('\n');
  const [after, before] = await lineOf([AFTER, old], 4);
  const near = ({ bits = Number.NaN, tokens = 0 } = {}) => [{ line: 4, tokens, bits: expect.closeTo(bits, 2) }];
  expect(hunk.added).toMatchObject(near(after));
  expect(hunk.removed).toMatchObject(near(before));
  expect(hunk.addedMean).toBeCloseTo(hunk.added[0].bits / hunk.added[0].tokens, 6);
  expect(hunk.worst).toMatchObject({ line: 4, text: ' -=', expected: ' +=' });
  expect(hunk.replaced).toMatchObject({ line: 4, text: ' +=' });
});

test('lists hunks with their lines, and apart from them those that change comments alone', async () => {
  const all = await review();
  expect(all.split('\n')[0]).toBe('2 hunks, the most unusual first');
  expect(all).toMatch(/^- {9}total \+= value\n\+ {9}total -= value\n {2}⇢ line 5: ·\+= \S+ bits → ·-= \S+ bits/m);
  expect(all).toMatch(/^Only comments differ .*\nmean\.py:10 {2}[\d.]+ bits/m);
  expect(all).toContain('Left out: 1 no code (notes.txt)');
  const code = await review('--no-comments');
  expect(code).toContain('mean.py:5 ');
  expect(code).not.toContain('mean.py:10');
});

test('tells other programs, and which hunks they know already', async () => {
  const known = join(folder, 'known.sarif');
  writeFileSync(join(folder, 'spread.py'), SPREAD);
  writeFileSync(known, await review('--sarif', '--top', '1'));
  // Less surprising than what stands in the line before it.
  writeFileSync(join(folder, 'spread.py'), SPREAD.replace('- min', '- sum'));
  const { runs } = JSON.parse(await review('--sarif', '--baseline', known));
  rmSync(join(folder, 'spread.py'));
  const states = runs[0].results.map(({ baselineState, level }: Record<string, string>) => [baselineState, level]);
  expect(states).toEqual([
    ['new', 'note'],
    ['unchanged', 'note'],
    ['unchanged', 'note'],
  ]);
  const ranks = runs[0].results.map(({ rank }: { rank: number }) => rank);
  expect(ranks.sort((a: number, b: number) => b - a)).toEqual([100, 66.67, 33.33]);
  const region = runs[0].results.find(({ message }: { message: { text: string } }) => message.text.includes('·-='));
  expect(region.locations[0].physicalLocation.region).toEqual({ startLine: 5, startColumn: 14, endColumn: 17 });
});

test.each([
  [
    ['review', 'main..nothing'],
    1,
    'nothing is no commit of this repository. Give a commit, a branch or a tag that it has.',
  ],
  [['review', 'main', 'missing'], 1, 'Nothing has changed in missing, and there is no such file or folder.'],
  [['review', 'main..', '--staged'], 2, '--staged is of the next commit, and a range of others: give one of the two.'],
])('says of %j what is wrong', async (args, code, sentence) => {
  expect(await vitrine(args, { cwd: folder })).toEqual({ code, stdout: '', stderr: `${sentence}\n` });
});
