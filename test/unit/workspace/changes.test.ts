import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { createTokenizer } from '../../../src/tokenizer';
import { type ChangeScope, parseScope, readChanges } from '../../../src/workspace/changes/changed-files';
import { commentHunks } from '../../../src/workspace/changes/comments';
import { linesOf, readTexts, textOfDeleted } from '../../../src/workspace/changes/file-texts';
import { Git } from '../../../src/workspace/changes/git';
import { groupHunks } from '../../../src/workspace/changes/hunk-groups';
import { MovedLines } from '../../../src/workspace/changes/moved-lines';
import { groupOf, rankHunks } from '../../../src/workspace/changes/rank';
import { Review } from '../../../src/workspace/changes/review';
import { sizeOfChanges } from '../../../src/workspace/changes/size-of-changes';
import { newTokensOf } from '../../../src/workspace/changes/token-changes';
import { whiteSpaceHunks } from '../../../src/workspace/changes/white-space';
import type { FileModel } from '../../../src/workspace/file-model';
import { TokenStore } from '../../../src/workspace/token-store';
import { temporaryFolder } from '../../support/temporary-folder';
import { defaultVocabulary } from '../../support/vocabularies';

let folder: string;

beforeEach(() => {
  folder = temporaryFolder();
  run('init', '--quiet', '--initial-branch=main');
  // As odd as a person may have set what Git prints for them.
  for (const [name, value] of Object.entries(SETTINGS)) run('config', name, value);
});

const SETTINGS = {
  'user.name': 'A',
  'user.email': 'a@example.org',
  'core.autocrlf': 'false',
  'color.ui': 'always',
  'diff.noprefix': 'true',
  'diff.context': '7',
  'diff.submodule': 'log',
};

function run(...args: string[]): string {
  return execFileSync('git', args, { cwd: folder, encoding: 'utf8' }).trim();
}

function write(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

function commitAll(): string {
  run('add', '--all');
  run('commit', '--quiet', '--allow-empty', '--message', 'm');
  return run('rev-parse', 'HEAD');
}

const lines = (...texts: (string | number)[]) => texts.map((text) => `${text}\n`).join('');
const NUMBERED = Array.from({ length: 30 }, (_, i) => `const line${i} = ${i * i};`);

const changesOf = async (scope: ChangeScope = { kind: 'uncommitted' }) => readChanges(await Git.open(folder), scope);

/** Of each file that has text, what is left where a hunk's new lines are put in the place of its old ones: the new text. */
async function applied(scope?: ChangeScope): Promise<Record<string, { isNewText: boolean; hunks: number }>> {
  const git = await Git.open(folder);
  const { files } = await readChanges(git, scope ?? { kind: 'uncommitted' });
  const entries = files.map(async (file) => {
    const texts = await readTexts(git, file);
    if (typeof texts === 'string') return [file.path, texts];
    const [before, after] = [linesOf(texts.before), linesOf(texts.after)];
    for (const hunk of [...texts.hunks].reverse()) {
      before.splice(
        hunk.before.from,
        hunk.before.to - hunk.before.from,
        ...after.slice(hunk.after.from, hunk.after.to),
      );
    }
    return [file.path, { isNewText: before.join('\n') === after.join('\n'), hunks: texts.hunks.length }];
  });
  return Object.fromEntries(await Promise.all(entries));
}

describe('changes of a repository', () => {
  it('are hunks that make the new text of the old, whatever a file is called and however its lines end', async () => {
    const odd = 'with "quotes"\nand a\ttab, ñ/a b.ts';
    write('changed.ts', lines(...NUMBERED));
    write(odd, lines(...NUMBERED));
    write('moved.ts', lines(...NUMBERED));
    write('crlf.ts', 'a\r\nb\r\nc\r\n');
    write('open.ts', 'a\nb');
    write('closed.ts', 'a\nb\n');
    write('first.ts', 'a\nb\n');
    write('signs.ts', lines('@@ -1 +1 @@', '-- a', 'diff --git a/x b/x'));
    commitAll();
    const edited = [...NUMBERED];
    edited.splice(20, 3, 'inserted();');
    edited.splice(4, 1);
    edited.splice(0, 0, '// first', '');
    write('changed.ts', lines(...edited));
    write(odd, lines(...edited));
    renameSync(join(folder, 'moved.ts'), join(folder, 'renamed.ts'));
    write('renamed.ts', lines(...NUMBERED, 'end();'));
    run('add', '--all');
    write('renamed.ts', lines(...NUMBERED, 'ended();'));
    write('crlf.ts', 'a\r\nB\r\nc\r\n');
    write('open.ts', 'a\nb\nc');
    write('closed.ts', 'a\nb');
    write('first.ts', 'new\na\nb\n');
    write('signs.ts', lines('@@ -9 +9 @@', '-- a', '++ b', 'diff --git a/y b/y'));
    write('untracked/é.py', lines('import os', 'print(os)'));
    expect(await applied()).toEqual({
      'changed.ts': { isNewText: true, hunks: 3 },
      [odd]: { isNewText: true, hunks: 3 },
      'renamed.ts': { isNewText: true, hunks: 1 },
      'crlf.ts': { isNewText: true, hunks: 1 },
      'open.ts': { isNewText: true, hunks: 1 },
      'closed.ts': { isNewText: true, hunks: 1 },
      'first.ts': { isNewText: true, hunks: 1 },
      'signs.ts': { isNewText: true, hunks: 2 },
      'untracked/é.py': { isNewText: true, hunks: 1 },
    });
    const { files } = await changesOf();
    expect(files.find(({ path }) => path === 'renamed.ts')?.pathBefore).toBe('moved.ts');
  });

  it('are left out where they have no lines, and it is said why', async () => {
    for (const name of ['gone.ts', 'mode.ts', 'kind.ts', 'same.ts']) write(name, lines(name, ...NUMBERED));
    write('image.png', Uint8Array.of(1, 0, 2));
    symlinkSync('gone.ts', join(folder, 'link.ts'));
    commitAll();
    run('checkout', '--quiet', '-b', 'other');
    write('conflict.ts', 'theirs\n');
    commitAll();
    run('checkout', '--quiet', 'main');
    write('conflict.ts', 'ours\n');
    commitAll();
    expect(() => run('merge', '--quiet', 'other')).toThrow();
    rmSync(join(folder, 'gone.ts'));
    chmodSync(join(folder, 'mode.ts'), 0o755);
    rmSync(join(folder, 'kind.ts'));
    symlinkSync('mode.ts', join(folder, 'kind.ts'));
    write('image.png', Uint8Array.of(3, 0, 4));
    rmSync(join(folder, 'link.ts'));
    symlinkSync('same.ts', join(folder, 'link.ts'));
    write('after.ts', 'last\n');
    write('latin.ts', Uint8Array.of(0x61, 0xe9, 0x0a));
    const { files, notCompared } = await changesOf();
    expect(Object.fromEntries(notCompared.map(({ path, why }) => [path, why]))).toEqual({
      'gone.ts': 'deleted',
      'mode.ts': 'unchanged',
      'kind.ts': 'link',
      'link.ts': 'link',
      'image.png': 'binary',
      'conflict.ts': 'conflict',
    });
    expect(files.map(({ path }) => path)).toEqual(['after.ts', 'latin.ts']);
    expect(await applied()).toMatchObject({ 'after.ts': { isNewText: true }, 'latin.ts': 'unreadable' });
    run('merge', '--abort');
    run('update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},module`);
    const staged = await changesOf({ kind: 'staged' });
    expect(staged.notCompared).toEqual([{ path: 'module', why: 'submodule' }]);
  });

  it('are those that are asked for: not committed, staged, or between commits', async () => {
    const pathsIn = async (scope?: ChangeScope) => (await changesOf(scope)).files.map(({ path }) => path).sort();
    write('new.ts', 'a\n');
    // Before the first commit.
    expect(await pathsIn()).toEqual(['new.ts']);
    run('add', '--all');
    expect([await pathsIn(), await pathsIn({ kind: 'staged' })]).toEqual([['new.ts'], ['new.ts']]);
    const a = commitAll();
    run('checkout', '--quiet', '-b', 'side');
    write('side.ts', 'of the side\n');
    commitAll();
    run('checkout', '--quiet', 'main');
    write('main.ts', 'of main\n');
    commitAll();
    write('main.ts', 'b\n');
    const git = await Git.open(folder);
    const between = async (range: string) => pathsIn(await parseScope(git, range));
    expect(await between('main..side')).toEqual(['side.ts']);
    expect(await between('main...side')).toEqual(['side.ts']);
    expect(await between(`${a}..`)).toEqual(['main.ts']);
    // As `git diff` has it: with what is not committed.
    expect(await between('HEAD')).toEqual(['main.ts']);
    expect(await between('side')).toEqual(['main.ts']);
    expect(await pathsIn()).toEqual(['main.ts']);
    expect(await pathsIn({ kind: 'staged' })).toEqual([]);
    await expect(parseScope(git, '--output=x')).rejects.toThrow('--output=x is no commit of this repository.');
    await expect(Git.open('/')).rejects.toMatchObject({ code: 'changes.noRepository' });
    await expect(Git.open(folder, 'no-such-git')).rejects.toMatchObject({ code: 'changes.noGit' });
  });
});

describe('a change of white space alone', () => {
  const whole = (text: string) => ({ from: 0, to: linesOf(text).length });
  it.each([
    ['typescript', 'if (a) {\n  b( c );\n}\n', 'if (a) { b(c); }\n', true],
    ['typescript', 'x = a;\n', 'x = b;\n', false],
    ['typescript', "x = 'a b';\n", "x = 'ab';\n", false],
    ['typescript', '', '\n\n', true],
    ['python', 'f( a )\n', 'f(a)  \n\n', true],
    // Another line is in the loop.
    ['python', 'for a in b:\n    c()\nd()\n', 'for a in b:\n    c()\n    d()\n', false],
  ])('in %s: %j to %j: %j', (languageId, before, after, isWhiteSpace) => {
    const file = { path: '', pathBefore: '', languageId, before, after, hunks: [] };
    expect(whiteSpaceHunks(file)({ before: whole(before), after: whole(after) })).toBe(isWhiteSpace);
  });
});

it('knows the branch that others come back to by the remote, and else by what the current one follows', async () => {
  write('a.ts', 'a');
  const commit = commitAll();
  const git = await Git.open(folder);
  expect(await git.mainBranch()).toBeUndefined();
  run('checkout', '--quiet', '--track', '-b', 'topic', 'main');
  expect(await git.mainBranch()).toBe('main');
  run('update-ref', 'refs/remotes/origin/trunk', commit);
  run('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/trunk');
  expect(await git.mainBranch()).toBe('origin/trunk');
});

it('reads only what is in the paths that are given, new files too', async () => {
  write('src/a.ts', 'a\n');
  write('b.ts', 'b\n');
  commitAll();
  write('src/a.ts', 'c\n');
  write('b.ts', 'c\n');
  write('src/new.ts', 'd\n');
  write('other.ts', 'd\n');
  const pathsOf = async (...paths: string[]) => {
    const { files } = await readChanges(await Git.open(folder), { kind: 'uncommitted' }, undefined, paths);
    return files.map(({ path }) => path);
  };
  expect(await pathsOf('src')).toEqual(['src/a.ts', 'src/new.ts']);
  expect(await pathsOf('b.ts', 'src/new.ts')).toEqual(['b.ts', 'src/new.ts']);
  expect(await pathsOf('')).toHaveLength(4);
});

describe('lines that are moved', () => {
  const body = lines('export function area(width: number) {', '  return width * width;', '}');
  const indented = body.replaceAll(/^/gm, '  ');
  const hunkOf = (before: string, after: string) => ({
    before,
    after,
    hunks: [{ before: { from: 0, to: linesOf(before).length }, after: { from: 0, to: linesOf(after).length } }],
  });
  it.each<[string, [before: string, after: string][], boolean[]]>([
    [
      'to another file, with another indentation',
      [
        [body, ''],
        ['', indented],
      ],
      [true, true],
    ],
    [
      'and one of them changed',
      [
        [body, ''],
        ['', body.replace('* width', '+ width')],
      ],
      [false, false],
    ],
    [
      'in another order',
      [
        [body, ''],
        ['', lines(...linesOf(body).reverse())],
      ],
      [false, false],
    ],
    [
      'of which there are few letters',
      [
        ['}\n', ''],
        ['', '}\n'],
      ],
      [false, false],
    ],
    [
      'with others in their old place',
      [
        [body, 'area();\n'],
        ['', body],
      ],
      [false, true],
    ],
  ])('%s', (_, texts, isMoved) => {
    const moved = new MovedLines();
    const files = texts.map(([before, after]) => hunkOf(before, after));
    for (const file of files) moved.add(file);
    expect(files.flatMap(({ hunks }) => hunks.map((hunk) => moved.has(hunk)))).toEqual(isMoved);
  });

  it('out of a file that is deleted', async () => {
    write('old.ts', lines('export const one = 1;', body.trim()));
    write('new.ts', lines(...NUMBERED));
    commitAll();
    rmSync(join(folder, 'old.ts'));
    write('new.ts', lines(...NUMBERED, body.trim()));
    commitAll();
    const git = await Git.open(folder);
    const { files, deleted } = await readChanges(git, await parseScope(git, 'HEAD~1..HEAD'));
    const moved = new MovedLines();
    const texts = [
      ...(await Promise.all(deleted.map((file) => textOfDeleted(git, file)))),
      ...(await Promise.all(files.map((file) => readTexts(git, file)))),
    ].flatMap((text) => (typeof text === 'object' ? [text] : []));
    for (const text of texts) moved.add(text);
    const hunksOf = (path: string) => texts.find((text) => text.path === path)?.hunks ?? [];
    expect(hunksOf('new.ts').map((hunk) => moved.has(hunk))).toEqual([true]);
    expect(hunksOf('old.ts').map((hunk) => moved.has(hunk))).toEqual([false]);
  });
});

it('reads hunks that are near each other with the same beginning, as far as a window has room', () => {
  const places = [10, 200, 450, 960, 1001, 1400].map((first) => ({ first, end: first + 8 }));
  const groups = groupHunks(places, { window: 1000, context: 300 });
  expect(groups.map(({ from, end, hunks }) => [from, end, ...hunks.map(({ first }) => first)])).toEqual([
    [0, 458, 10, 200, 450],
    [660, 1009, 960, 1001],
    [1100, 1408, 1400],
  ]);
});

it('ranks code by its most surprising new token, then comments by theirs, and last what asks for no look', () => {
  const hunk = (name: string, surprise: number) => ({ ...{ name, surprise, isComment: false, trivial: undefined } });
  const ranked = rankHunks([
    { ...hunk('moved', 9), trivial: 'moved' as const },
    hunk('removed', Number.NaN),
    { ...hunk('odd comment', 8), isComment: true },
    { ...hunk('comment', 1), isComment: true },
    hunk('usual', 3.9),
    hunk('odd', 4),
    hunk('odder', 6),
  ]);
  expect(ranked.map((one) => [one.name, groupOf(one)])).toEqual([
    ['odder', 'unusual'],
    ['odd', 'unusual'],
    ['usual', 'usual'],
    ['odd comment', 'comment'],
    ['comment', 'comment'],
    ['removed', 'notJudged'],
    ['moved', 'trivial'],
  ]);
});

it('finds hunks that differ in comments alone, whatever code they stand behind', () => {
  const before = lines('a = 1', '# one', 'b = 2  # two', 'c = 3', '"""three', 'four"""');
  const after = lines('a = 1', '    # uno', 'b = 2', 'c = 4  # three', '"""three', 'cuatro"""');
  const hunks = [1, 2, 3].map((line) => ({
    before: { from: line, to: line + 1 },
    after: { from: line, to: line + 1 },
  }));
  const texts = { path: 'a.py', pathBefore: 'a.py', languageId: 'python', before, after, hunks };
  expect(hunks.map(commentHunks(texts))).toEqual([true, true, false]);
});

it('judges a hunk by the most surprising token that it puts there', () => {
  // As many bits as letters; names in capitals are new.
  const tokens = (text: string) =>
    text.split(' ').map((word, i) => ({
      ...{ text: word, bits: word.length, line: 0, start: i, end: i, expected: '' },
      isNewName: /^[A-Z]/.test(word),
    }));
  const judged = (before: string, after: string) => {
    const { worst, replaced } = newTokensOf(tokens(before), tokens(after), ({ text }) => text !== 'comment');
    return [worst?.text, replaced?.text];
  };
  expect(judged('return attempts - 1', 'return attempts + 1')).toEqual(['+', '-']);
  expect(judged('f ( a ) ;', 'f ( a , width ) ;')).toEqual(['width', undefined]);
  expect(judged('f ( a ) ;', 'f ( comment b ) ;')).toEqual(['b', undefined]);
  expect(judged('f ( a ) ;', 'f ( Height , width ) ;')).toEqual(['width', undefined]);
  expect(judged('f ( a ) ;', 'f ( Latitude , width ) ;')).toEqual(['width', undefined]);
  expect(judged('f ( a ) ;', 'f ( Longitudes , width ) ;')).toEqual(['Longitudes', undefined]);
  // What only follows something else now is nothing that the hunk puts there.
  expect(judged('f ( a , width ) ;', 'f ( a ) ;')).toEqual([undefined, undefined]);
});

it('is the same whether a model reads its files one after another or four at once, and none begins where one has failed', async () => {
  const tokenizer = createTokenizer(defaultVocabulary());
  for (let i = 0; i < 7; i++) write(`file${i}.ts`, lines(...NUMBERED));
  commitAll();
  for (let i = 0; i < 7; i++) write(`file${i}.ts`, lines(...NUMBERED.with(3 * i, `const other = ${i};`)));
  const git = await Git.open(folder);
  const changes = await changesOf();
  expect(await sizeOfChanges(git, changes)).toEqual({ files: 7, bytes: expect.any(Number) });
  const readBy = async (parallel: number | undefined, failing = Number.POSITIVE_INFINITY) => {
    let [atWork, most, asked] = [0, 0, 0];
    const score: FileModel['score'] = async (ids) => {
      most = Math.max(most, ++atWork);
      await setTimeout((11 * ++asked) % 4);
      atWork--;
      if (asked >= failing) throw new Error('gone');
      return { logprob: Float32Array.from(ids, (id, i) => (i === 0 ? Number.NaN : -(1 + (id % 7)))) };
    };
    const model = { label: '', key: '', tokenizer, contextLength: 2000, parallel, score };
    const reader = { model, store: await TokenStore.open({ folder: temporaryFolder(), model: '' }) };
    const review = new Review(changes);
    const { signal } = new AbortController();
    const told = { comments: true, signal, read: () => {}, progressed: () => {} };
    const failure = await review.read(git, changes, reader, told).then(
      () => undefined,
      (error: Error) => error.message,
    );
    const hunks = review.files.flatMap(({ path, scoredHunks }) => scoredHunks.map(({ added }) => ({ path, added })));
    return { hunks: hunks.sort((a, b) => a.path.localeCompare(b.path)), most, asked, failure };
  };
  const [one, four] = [await readBy(undefined), await readBy(4)];
  expect(four.hunks).toEqual(one.hunks);
  expect(one.hunks).toHaveLength(7);
  expect(one.most).toBe(1);
  // How many come together is a matter of time, as they are found.
  expect(four.most).toBeGreaterThan(1);
  expect(four.most).toBeLessThanOrEqual(4);
  const broken = await readBy(4, 5);
  expect(broken.failure).toBe('gone');
  await setTimeout(20);
  expect(broken.asked).toBeLessThan(one.asked);
});
