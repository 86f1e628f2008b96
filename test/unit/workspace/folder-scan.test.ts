import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { createTokenizer } from '../../../src/tokenizer';
import { readFrom, roomOf, unreadSide } from '../../../src/workspace/changes/read-side';
import type { FileModel } from '../../../src/workspace/file-model';
import { FolderScan } from '../../../src/workspace/folder-scan';
import { TokenStore } from '../../../src/workspace/token-store';
import { temporaryFolder } from '../../support/temporary-folder';
import { defaultVocabulary } from '../../support/vocabularies';

const tokenizer = createTokenizer(defaultVocabulary());
const { signal } = new AbortController();

/** A model that finds every token as probable as its id says, and tells what it has read. */
function model(read: (ids: Uint32Array) => void = () => {}): FileModel {
  return {
    label: 'A',
    key: 'a',
    tokenizer,
    contextLength: 64,
    score: async (ids) => {
      read(ids);
      const logprob = Float32Array.from(ids, (id, i) => (i === 0 ? Number.NaN : -(1 + (id % 7))));
      return { logprob, expected: Uint32Array.from(ids) };
    },
  };
}

async function scanOf(folder: string, results: string, using = model()) {
  const scan = new FolderScan(folder);
  await scan.find(signal);
  const reader = { model: using, store: await TokenStore.open({ folder: results, model: using.key }) };
  return { scan, reader };
}

async function readAll(folder: string, results: string, using = model()) {
  const { scan, reader } = await scanOf(folder, results, using);
  while (!scan.isDone) await scan.readNext(reader, signal);
  return { scan, reader };
}

/** A line of the 16 tokens that do not count. */
const BEGINNING = `//${' a'.repeat(14)}\n`;

function folderOf(count: number): string {
  const folder = temporaryFolder();
  for (let i = 0; i < count; i++) {
    const lines = Array.from({ length: 12 }, (_, line) => `export const value${i}_${line} = ${i * line};`);
    writeFileSync(join(folder, `file${i}.ts`), `${BEGINNING}${lines.join('\n')}\n`);
  }
  return folder;
}

it('reads nothing again that is as it was, also where it lies in another folder', async () => {
  const results = temporaryFolder();
  let [tokens, again] = [0, 0];
  const { scan } = await readAll(
    folderOf(5),
    results,
    model(({ length }) => (tokens += length)),
  );
  expect(scan.progress).toMatchObject({ filesRead: 5, files: 5, secondsLeft: 0 });
  expect(tokens).toBeGreaterThan(scan.progress.tokensRead);
  const other = await readAll(
    folderOf(6),
    results,
    model(({ length }) => (again += length)),
  );
  expect(other.scan.progress.filesRead).toBe(6);
  expect(again).toBeLessThan(tokens / 3);
});

it('tells how far it is within a window, also at what rate before the first has been read', async () => {
  const half: FileModel = {
    ...model(),
    score: (ids, abort, progress) => {
      progress?.(ids.length / 2, ids.length);
      return model().score(ids, abort);
    },
  };
  const { scan, reader } = await scanOf(folderOf(1), temporaryFolder(), half);
  const told: number[] = [];
  const next = () =>
    scan.readNext(reader, signal, () => told.push(scan.progress.tokensRead, scan.progress.secondsLeft));
  await next();
  expect(told).toEqual([32, expect.any(Number)]);
  expect(told[1]).toBeGreaterThan(0);
  await next();
  // Of the second window the half that stands before its scored tokens has been scored before.
  expect([told[2], scan.progress.tokensRead]).toEqual([64, 96]);
});

it('reads no part again that a review has read with the same before it', async () => {
  const folder = folderOf(1);
  let tokens = 0;
  const { scan, reader } = await scanOf(
    folder,
    temporaryFolder(),
    model(({ length }) => (tokens += length)),
  );
  const side = await unreadSide(readFileSync(join(folder, 'file0.ts'), 'utf8'), 'typescript', reader.model);
  await readFrom(0, 0, 64, side, roomOf(reader.model), reader, signal);
  expect(tokens).toBe(64);
  await scan.readNext(reader, signal);
  expect(scan.progress.tokensRead).toBe(32);
  while (!scan.isDone) await scan.readNext(reader, signal);
  const [read] = scan.files();
  const [again] = (await readAll(folder, temporaryFolder())).scan.files();
  expect(read).toEqual(again);
});

it('reads four parts at once as one after another, whichever is done first, and loses none where a server dies', async () => {
  const one = await readAll(folderOf(9), temporaryFolder());
  let [atWork, most, calls] = [0, 0, 0];
  const slow: FileModel = {
    ...model(),
    score: async (ids, given) => {
      most = Math.max(most, ++atWork);
      await setTimeout((7 * ++calls) % 5);
      atWork--;
      if (calls % 5 === 0) throw new Error('The server is gone.');
      return model().score(ids, given);
    },
  };
  const { scan, reader } = await scanOf(folderOf(9), temporaryFolder(), slow);
  const lane = async () => {
    while (scan.hasNext) await scan.readNext(reader, signal).catch(() => {});
  };
  while (!scan.isDone) await Promise.all([lane(), lane(), lane(), lane()]);
  expect(most).toBe(4);
  const byPath = (each: FolderScan) =>
    // Sums that are made in another order end in other digits.
    [...each.files()].sort((a, b) => a.path.localeCompare(b.path)).map((file) => ({ ...file, z: file.z.toFixed(9) }));
  expect(byPath(scan)).toEqual(byPath(one.scan));
  expect(scan.progress.tokensRead).toBe(one.scan.progress.tokensRead);
});

it('holds lines against those of their kind once thirty are known, and a file by its lines', async () => {
  const folder = folderOf(2);
  const { scan, reader } = await readAll(folder, temporaryFolder());
  expect((await scan.scoreOf('file0.ts', reader, signal))?.lines.map(({ z }) => z)).toEqual(Array(12).fill(Number.NaN));
  writeFileSync(join(folder, 'file2.ts'), readFileSync(join(folder, 'file0.ts')));
  await scan.find(signal);
  await scan.readNext(reader, signal);
  const scores = await Promise.all(
    ['file0.ts', 'file1.ts', 'file2.ts'].map((path) => scan.scoreOf(path, reader, signal)),
  );
  const lines = scores.flatMap((score) => score?.lines ?? []);
  const all = lines.reduce((sum, { tokens }) => sum + tokens, 0);
  expect(lines.reduce((sum, { tokens, z }) => sum + tokens * z, 0)).toBeCloseTo(0, 6);
  expect(lines.reduce((sum, { tokens, z }) => sum + tokens * z ** 2, 0) / all).toBeCloseTo(1, 6);
  for (const score of scores) {
    const [weighted, tokens] = (score?.lines ?? []).reduce(
      ([a, b], { z, tokens }) => [a + z * tokens, b + tokens],
      [0, 0],
    );
    expect(score?.z).toBeCloseTo(weighted / tokens, 6);
  }
  rmSync(join(folder, 'file2.ts'));
  await scan.find(signal);
  expect([...scan.files()].map(({ path, z }) => [path, z])).toEqual([
    ['file0.ts', Number.NaN],
    ['file1.ts', Number.NaN],
  ]);
});

it('reads a file once more that changes while it is read', async () => {
  const folder = folderOf(1);
  const path = join(folder, 'file0.ts');
  const { scan, reader } = await scanOf(folder, temporaryFolder());
  const { score } = reader.model;
  reader.model.score = async (ids, given) => {
    writeFileSync(path, `${BEGINNING}export const changed = 1;\n`);
    await scan.renew('file0.ts');
    reader.model.score = score;
    return score(ids, given);
  };
  expect(await scan.readNext(reader, signal)).toBeUndefined();
  expect(scan.isDone).toBe(false);
  expect((await scan.readNext(reader, signal))?.lines).toHaveLength(1);
  expect(scan.isDone).toBe(true);
});

it('reads no window again of a file within which it was stopped', async () => {
  const starts: (number | undefined)[] = [];
  const { scan, reader } = await scanOf(
    folderOf(1),
    temporaryFolder(),
    model((ids) => starts.push(ids[0])),
  );
  const { score } = reader.model;
  expect(await scan.readNext(reader, signal)).toBeUndefined();
  reader.model.score = () => Promise.reject(new DOMException('paused', 'AbortError'));
  await expect(scan.readNext(reader, signal)).rejects.toThrow('paused');
  reader.model.score = score;
  while (!scan.isDone) await scan.readNext(reader, signal);
  const straight: typeof starts = [];
  const again = await readAll(
    folderOf(1),
    temporaryFolder(),
    model((ids) => straight.push(ids[0])),
  );
  expect(starts).toEqual(straight);
  expect([...scan.files()]).toEqual([...again.scan.files()]);
});

it('goes on where a file is gone before its turn, and says of one that cannot be read that it is left out', async () => {
  const folder = folderOf(3);
  const { scan, reader } = await scanOf(folder, temporaryFolder());
  rmSync(join(folder, 'file1.ts'));
  writeFileSync(join(folder, 'file2.ts'), Buffer.from([0xff, 0xfe, 0x41]));
  while (!scan.isDone) await scan.readNext(reader, signal);
  expect(Object.fromEntries(scan.leftOut)).toEqual({ 'file1.ts': 'unreadable', 'file2.ts': 'unreadable' });
});

it.runIf(process.platform === 'linux')(
  'is whole where the disk is full, and says that results are not kept',
  async () => {
    const results = temporaryFolder();
    await readAll(folderOf(1), results);
    const tokens = join(results, 'tokens');
    const [name = ''] = await readdir(tokens);
    const folder = folderOf(4);
    // What is known would be looked up in a file that has no end.
    rmSync(join(folder, 'file0.ts'));
    const { scan, reader } = await scanOf(folder, results);
    rmSync(join(tokens, name));
    symlinkSync('/dev/full', join(tokens, name));
    while (!scan.isDone) await scan.readNext(reader, signal);
    rmSync(join(tokens, name));
    expect(reader.store.trouble?.template).toContain('The disk is full');
    expect(scan.progress.filesRead).toBe(3);
    expect((await scan.scoreOf('file2.ts', reader, signal))?.lines).toHaveLength(12);
  },
);

it('loses no result that was told where its process is killed at any moment, and has none that is wrong', async () => {
  const results = temporaryFolder();
  const program = join(temporaryFolder(), 'writer.mjs');
  const writer = `
    import { TokenStore } from './src/workspace/token-store';
    const store = await TokenStore.open({ folder: ${JSON.stringify(results)}, model: 'a' });
    for (let i = Number(process.argv[2]); ; i++) {
      const length = 1 + (i % 400);
      await store.set('text ' + i, { logprob: new Float32Array(length).fill(-i), expected: new Uint32Array(length).fill(i) });
      process.stdout.write(i + '\\n');
    }`;
  await build({
    stdin: { contents: writer, resolveDir: '.', loader: 'ts' },
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  });
  let last = -1;
  for (const moment of [0, 7, 60]) {
    const child = spawn(process.execPath, [program, `${last + 1}`], { stdio: ['ignore', 'pipe', 'inherit'] });
    let told = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      told += text;
      if (told.split('\n').length > moment) child.kill('SIGKILL');
    });
    await once(child, 'close');
    last = Number(told.trim().split('\n').at(-1));
    const store = await TokenStore.open({ folder: results, model: 'a' });
    for (let i = 0; i <= last; i++) {
      const length = 1 + (i % 400);
      const scores = await store.get(`text ${i}`, length);
      expect([scores?.logprob.every((value) => value === -i), scores?.expected?.[length - 1]]).toEqual([true, i]);
    }
  }
});
