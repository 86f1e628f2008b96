import { type ChildProcessByStdio, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { errorText } from '../../../src/display/sentences';
import { CompiledCache } from '../../../src/model/cache/compiled-cache';
import { mountFileSystem, temporaryFolder } from '../../support/temporary-folder';

const MEGABYTE = 1_000_000;
const A = 'a'.repeat(32);

/** Stores an entry of this many megabytes. */
function storeModel(folder: string, megabytes: number): Promise<string> {
  const entry = { name: 'SmolLM2', source: '/models/smollm2.gguf', expectedBytes: megabytes * MEGABYTE };
  return new CompiledCache(folder, 1e9).store(A, entry, async (temporary) => {
    await writeFile(join(temporary, 'forward.onnx'), 'graph');
    await writeFile(join(temporary, 'weights.bin'), Buffer.alloc(megabytes * MEGABYTE));
  });
}

function childrenOf(folder: string): string[] {
  return readdirSync(join(folder, 'compiled-models'));
}

describe('a folder that takes no more', () => {
  test('a full disk is named with what is needed, and nothing is left', async ({ skip }) => {
    const disk = mountFileSystem('size=1m') ?? skip('mounting a small file system needs root on Linux');
    const failure = await storeModel(disk, 2).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'cache.full' });
    expect(errorText(failure)).toContain(`it needs 2.0 MB in ${join(disk, 'compiled-models')}, where 1.0 MB are free`);
    expect(childrenOf(disk)).toEqual([]);
  });

  test.each(['ENOSPC', 'EDQUOT'])('a write that fails with %s leaves nothing', async (code) => {
    const folder = temporaryFolder();
    const entry = { name: 'SmolLM2', source: '/models/smollm2.gguf', expectedBytes: 2 * MEGABYTE };
    const store = new CompiledCache(folder, 1e9).store(A, entry, async (temporary) => {
      await writeFile(join(temporary, 'forward.onnx'), 'graph');
      throw Object.assign(new Error(`${code}: write`), { code });
    });
    await expect(store).rejects.toMatchObject({ code: 'cache.full' });
    expect(childrenOf(folder)).toEqual([]);
  });

  test('memory that runs out is told as that, and nothing is left', async () => {
    const folder = temporaryFolder();
    const entry = { name: 'SmolLM2', source: '/models/smollm2.gguf', expectedBytes: 2 * MEGABYTE };
    const store = new CompiledCache(folder, 1e9).store(A, entry, async () => void new ArrayBuffer(2 ** 50));
    await expect(store).rejects.toMatchObject({ code: 'space.memory', message: expect.stringContaining('SmolLM2') });
    expect(childrenOf(folder)).toEqual([]);
  });

  test.for(['.', 'not/made/yet'])('a read-only disk is named: %s', async (folder, { skip }) => {
    const disk = mountFileSystem('ro') ?? skip('mounting a read-only file system needs root on Linux');
    await expect(storeModel(join(disk, folder), 1)).rejects.toMatchObject({ code: 'cache.notWritable' });
  });

  test('an entry on a read-only disk is found', async ({ skip }) => {
    const disk = mountFileSystem('size=4m') ?? skip('mounting a read-only file system needs root on Linux');
    const stored = await storeModel(disk, 1);
    execFileSync('mount', ['-o', 'remount,ro', disk]);
    expect(await new CompiledCache(disk, 1e9).find(A)).toBe(stored);
  });

  test.each(['letter.txt', 'letter.txt/deeper'])('a file in the place of the folder is named: %s', async (name) => {
    const folder = temporaryFolder();
    await writeFile(join(folder, 'letter.txt'), 'Dear reader');
    await expect(storeModel(join(folder, name), 1)).rejects.toMatchObject({ code: 'cache.notWritable' });
  });
});

test("the writer's own error comes through, and nothing is left", async () => {
  const folder = temporaryFolder();
  const error = Object.assign(new Error('EACCES: /models/a.gguf'), { code: 'EACCES', path: '/models/a.gguf' });
  const entry = { name: 'a', source: '/models/a.gguf', expectedBytes: 1 };
  const store = new CompiledCache(folder, 1e9).store(A, entry, () => Promise.reject(error));
  await expect(store).rejects.toBe(error);
  expect(childrenOf(folder)).toEqual([]);
});

describe('several processes', () => {
  let program = '';
  beforeAll(async () => {
    program = join(mkdtempSync(join(tmpdir(), 'vitrine-test-')), 'cache-writer.mjs');
    const entryPoint = fileURLToPath(new URL('../../support/cache-writer.ts', import.meta.url));
    await build({ entryPoints: [entryPoint], outfile: program, bundle: true, platform: 'node', format: 'esm' });
  });
  afterAll(() => rm(join(program, '..'), { recursive: true }));

  /** A process in the middle of storing an entry `a`: half of its files are written. */
  async function startWriter(folder: string): Promise<ChildProcessByStdio<Writable, Readable, null>> {
    const writer = spawn(process.execPath, [program, folder, A], { stdio: ['pipe', 'pipe', 'inherit'] });
    onTestFinished(() => {
      writer.kill('SIGKILL');
    });
    await once(writer.stdout, 'data');
    return writer;
  }

  /** Lets a process finish; returns the folder of its entry. */
  async function finish(writer: ChildProcessByStdio<Writable, Readable, null>): Promise<string> {
    writer.stdin.end();
    return (await text(writer.stdout)).trim();
  }

  async function kill(writer: ChildProcessByStdio<Writable, Readable, null>): Promise<void> {
    writer.kill('SIGKILL');
    await once(writer, 'exit');
  }

  test.each([
    ['the next to store', (folder: string) => storeModel(folder, 1), [A]],
    ['clear', (folder: string) => new CompiledCache(folder, 1e9).clear(), []],
  ])('what a killed one left is no entry, and %s removes it', async (_, clean, expected) => {
    const folder = temporaryFolder();
    await kill(await startWriter(folder));
    expect(childrenOf(folder)).toHaveLength(1);
    const cache = new CompiledCache(folder, 1e9);
    expect(await cache.entries()).toEqual([]);
    expect(await cache.find(A)).toBeUndefined();
    await clean(folder);
    expect(childrenOf(folder)).toEqual(expected);
  });

  test('one that is still writing is left alone by those that clean', async () => {
    const folder = temporaryFolder();
    const writer = await startWriter(folder);
    const cache = new CompiledCache(folder, 1e9);
    expect(await cache.clear()).toEqual({ entries: 0, bytes: 0 });
    const stored = await finish(writer);
    expect(await cache.find(A)).toBe(stored);
  });

  test('two that store the same entry at once both get a whole one, of one of them', async () => {
    const folder = temporaryFolder();
    const writers = [await startWriter(folder), await startWriter(folder)];
    const [first = '', second] = await Promise.all(writers.map(finish));
    expect(existsSync(first)).toBe(true);
    expect(second).toBe(first);
    expect(childrenOf(folder)).toEqual([A]);
    expect(await new CompiledCache(folder, 1e9).find(A)).toBe(first);
    const [weights, graph] = [await readFile(join(first, 'weights.bin')), await readFile(join(first, 'forward.onnx'))];
    expect(weights.equals(graph)).toBe(true);
  });

  test('one that finishes after another uses what is there', async () => {
    const folder = temporaryFolder();
    const slow = await startWriter(folder);
    const fast = await startWriter(folder);
    const stored = await finish(fast);
    const before = await readFile(join(stored, 'entry.json'), 'utf8');
    expect(await finish(slow)).toBe(stored);
    expect(await readFile(join(stored, 'entry.json'), 'utf8')).toBe(before);
    expect(childrenOf(folder)).toEqual([A]);
  });
});
