import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { open, readFile, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CompiledCache } from '../../src/model/cache/compiled-cache';
import { cacheFolder } from '../../src/model/cache/folder';
import { temporaryFolder } from '../support/temporary-folder';

const WEIGHTS = Buffer.alloc(100_000, 'weights');

/** Stores an entry of one large and one small file. */
function storeModel(cache: CompiledCache, key: string): Promise<string> {
  const entry = { name: `model ${key}`, source: `/models/${key}.gguf`, expectedBytes: WEIGHTS.length };
  return cache.store(key, entry, async (folder) => {
    await writeFile(join(folder, 'weights.bin'), WEIGHTS);
    await writeFile(join(folder, 'forward.onnx'), 'graph');
  });
}

async function flipByte(path: string): Promise<void> {
  const file = await open(path, 'r+');
  const byte = Buffer.alloc(1);
  await file.read(byte, 0, 1, 50_000);
  await file.write(Buffer.of(byte.readUInt8() ^ 1), 0, 1, 50_000);
  await file.close();
}

test.each<[string, NodeJS.ProcessEnv, NodeJS.Platform, string, string]>([
  ['Linux', {}, 'linux', '/home/ana', '/home/ana/.cache/vitrine'],
  ['Linux with XDG_CACHE_HOME', { XDG_CACHE_HOME: '/var/cache/ana' }, 'linux', '/home/ana', '/var/cache/ana/vitrine'],
  ['Linux with an empty one', { XDG_CACHE_HOME: '' }, 'linux', '/home/ana', '/home/ana/.cache/vitrine'],
  ['Linux with a relative one', { XDG_CACHE_HOME: 'cache' }, 'linux', '/home/ana', '/home/ana/.cache/vitrine'],
  ['macOS', { XDG_CACHE_HOME: '/x' }, 'darwin', '/Users/ana', '/Users/ana/Library/Caches/vitrine'],
  ['Windows', { LOCALAPPDATA: 'D:\\Local' }, 'win32', 'C:\\Users\\ana', 'D:\\Local\\vitrine'],
  ['Windows without LOCALAPPDATA', {}, 'win32', 'C:\\Users\\ana', 'C:\\Users\\ana\\AppData\\Local\\vitrine'],
])('the cache folder on %s', (_, env, platform, home, expected) => {
  expect(cacheFolder(env, platform, home)).toBe(expected);
});

describe('a stored entry', () => {
  test('is found by another process later, with its files', async () => {
    const folder = temporaryFolder();
    expect(await new CompiledCache(folder, 1e9).find('a')).toBeUndefined();
    const stored = await storeModel(new CompiledCache(folder, 1e9), 'a');
    expect(await new CompiledCache(folder, 1e9).find('a')).toBe(stored);
    expect(WEIGHTS.equals(await readFile(join(stored, 'weights.bin')))).toBe(true);
  });

  test('is found after its files were copied or touched', async () => {
    const cache = new CompiledCache(temporaryFolder(), 1e9);
    const stored = await storeModel(cache, 'a');
    await utimes(join(stored, 'weights.bin'), 1, 1);
    expect(await cache.find('a')).toBe(stored);
  });

  test('keeps an open file readable when it is removed', async () => {
    const cache = new CompiledCache(temporaryFolder(), 1e9);
    const file = await open(join(await storeModel(cache, 'a'), 'weights.bin'));
    await cache.clear();
    expect(WEIGHTS.equals(await file.readFile())).toBe(true);
    await file.close();
  });
});

describe('a damaged entry', () => {
  test.each<[string, (folder: string) => Promise<void>]>([
    ['a file cut short', (folder) => truncate(join(folder, 'weights.bin'), WEIGHTS.length - 1)],
    ['an empty file', (folder) => truncate(join(folder, 'forward.onnx'), 0)],
    ['a flipped bit', (folder) => flipByte(join(folder, 'weights.bin'))],
    ['a missing file', (folder) => rm(join(folder, 'forward.onnx'))],
    ['a missing record', (folder) => rm(join(folder, 'entry.json'))],
    ['a record cut short', (folder) => truncate(join(folder, 'entry.json'), 40)],
    ['a record of something else', (folder) => writeFile(join(folder, 'entry.json'), '{"files":[{}]}')],
  ])('is removed and can be stored again: %s', async (_, damage) => {
    const cache = new CompiledCache(temporaryFolder(), 1e9);
    const stored = await storeModel(cache, 'a');
    await damage(stored);
    expect(await cache.find('a')).toBeUndefined();
    expect(existsSync(stored)).toBe(false);
    expect(await storeModel(cache, 'a')).toBe(stored);
    expect(await cache.find('a')).toBe(stored);
  });

  test('is replaced where nobody has looked for it before storing', async () => {
    const cache = new CompiledCache(temporaryFolder(), 1e9);
    const stored = await storeModel(cache, 'a');
    await truncate(join(stored, 'weights.bin'), 0);
    await storeModel(cache, 'a');
    expect(await cache.find('a')).toBe(stored);
  });
});

describe('the size limit', () => {
  const KEYS = ['a', 'b', 'c'];

  /** Three entries, `a` stored first, `c` last. */
  async function cacheOfThree(folder: string): Promise<void> {
    const unlimited = new CompiledCache(folder, 1e9);
    for (const [day, key] of KEYS.entries()) {
      await utimes(join(await storeModel(unlimited, key), 'entry.json'), day, day);
    }
  }

  test.each([
    ['everything fits', 5, ['d', 'c', 'b', 'a']],
    ['one is over', 3.5, ['d', 'c', 'b']],
    ['three are over', 1.5, ['d']],
    ['one alone is more', 0.5, ['d']],
  ])('removes what was not used for longest: %s', async (_, limit, expected) => {
    const folder = temporaryFolder();
    await cacheOfThree(folder);
    const cache = new CompiledCache(folder, limit * WEIGHTS.length);
    await storeModel(cache, 'd');
    expect((await cache.entries()).map(({ key }) => key)).toEqual(expected);
  });

  test('counts finding an entry as a use', async () => {
    const folder = temporaryFolder();
    await cacheOfThree(folder);
    const cache = new CompiledCache(folder, 2.5 * WEIGHTS.length);
    await cache.find('a');
    await storeModel(cache, 'd');
    expect((await cache.entries()).map(({ key }) => key)).toEqual(['d', 'a']);
  });
});

test('entries says what is there, and clear removes that and nothing else', async () => {
  const folder = temporaryFolder();
  await writeFile(join(folder, 'letter.txt'), 'Dear reader');
  const cache = new CompiledCache(folder, 1e9);
  const before = Date.now();
  await storeModel(cache, 'a');
  const [entry, ...others] = await cache.entries();
  expect(others).toEqual([]);
  expect(entry).toMatchObject({ key: 'a', name: 'model a', source: '/models/a.gguf', bytes: WEIGHTS.length + 5 });
  expect(entry?.created.getTime()).toBeGreaterThanOrEqual(before);
  expect(await cache.clear()).toEqual({ entries: 1, bytes: WEIGHTS.length + 5 });
  expect(await cache.entries()).toEqual([]);
  expect(readdirSync(join(folder, 'compiled-models'))).toEqual([]);
  expect(readFileSync(join(folder, 'letter.txt'), 'utf8')).toBe('Dear reader');
});

test('an empty cache has no entries and nothing to clear', async () => {
  const cache = new CompiledCache(join(temporaryFolder(), 'not', 'there'), 1e9);
  expect(await cache.entries()).toEqual([]);
  expect(await cache.clear()).toEqual({ entries: 0, bytes: 0 });
});
