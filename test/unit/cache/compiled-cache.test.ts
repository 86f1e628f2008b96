import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { appendFile, mkdir, open, readFile, rm, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CompiledCache } from '../../../src/model/cache/compiled-cache';
import { cacheFolder } from '../../../src/model/cache/folder';
import { temporaryFolder } from '../../support/temporary-folder';

const WEIGHTS = Buffer.alloc(100_000, 'weights');

/** A key: 32 digits in hexadecimal. */
const keyOf = (digit: string) => digit.repeat(32);
const A = keyOf('a');

/** Stores an entry of one large and one small file. */
function storeModel(cache: CompiledCache, key: string): Promise<string> {
  const entry = { name: `model ${key}`, source: `/models/${key}.gguf`, expectedBytes: WEIGHTS.length };
  return cache.store(key, entry, async (folder) => {
    await writeFile(join(folder, 'weights.bin'), WEIGHTS);
    await writeFile(join(folder, 'forward.onnx'), 'graph');
  });
}

interface EntryJson {
  files: { name: string; bytes: number; sha256?: string }[];
}

async function changeRecord(folder: string, change: (record: EntryJson) => EntryJson): Promise<void> {
  const file = join(folder, 'entry.json');
  await writeFile(file, JSON.stringify(change(JSON.parse(await readFile(file, 'utf8')))));
}

const withoutDigests = ({ files, ...record }: EntryJson) => ({
  ...record,
  files: files.map(({ name, bytes }) => ({ name, bytes })),
});

async function replaceByPipe(folder: string): Promise<void> {
  await rm(join(folder, 'entry.json'));
  execFileSync('mkfifo', [join(folder, 'entry.json')]);
}

async function flipByteUnseen(folder: string): Promise<void> {
  const file = join(folder, 'weights.bin');
  const { atime, mtime } = statSync(file);
  await flipByte(file);
  await utimes(file, atime, mtime);
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
    expect(await new CompiledCache(folder, 1e9).find(A)).toBeUndefined();
    const stored = await storeModel(new CompiledCache(folder, 1e9), A);
    expect(await new CompiledCache(folder, 1e9).find(A)).toBe(stored);
    expect(WEIGHTS.equals(await readFile(join(stored, 'weights.bin')))).toBe(true);
  });

  test('is found after its files were copied or touched', async () => {
    const cache = new CompiledCache(temporaryFolder(), 1e9);
    const stored = await storeModel(cache, A);
    await utimes(join(stored, 'weights.bin'), 1, 1);
    expect(await cache.find(A)).toBe(stored);
  });

  test('keeps an open file readable when it is removed', async () => {
    const cache = new CompiledCache(temporaryFolder(), 1e9);
    const file = await open(join(await storeModel(cache, A), 'weights.bin'));
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
    ['a record of no files', (folder) => changeRecord(folder, (record) => ({ ...record, files: [] }))],
    [
      'a flipped bit in a file that the record leaves out',
      async (folder) => {
        await changeRecord(folder, ({ files, ...record }) => ({
          ...record,
          files: files.filter(({ name }) => name !== 'weights.bin'),
        }));
        await flipByte(join(folder, 'weights.bin'));
      },
    ],
    ['a record without digests', (folder) => changeRecord(folder, withoutDigests)],
    ['a record that is a named pipe', replaceByPipe],
    ['a flipped bit and the time of before', flipByteUnseen],
  ])('is removed and can be stored again: %s', async (_, damage) => {
    const cache = new CompiledCache(temporaryFolder(), 1e9);
    const stored = await storeModel(cache, A);
    await damage(stored);
    expect(await cache.find(A)).toBeUndefined();
    expect(existsSync(stored)).toBe(false);
    expect(await storeModel(cache, A)).toBe(stored);
    expect(await cache.find(A)).toBe(stored);
  });

  test('is replaced where nobody has looked for it before storing', async () => {
    const cache = new CompiledCache(temporaryFolder(), 1e9);
    const stored = await storeModel(cache, A);
    await truncate(join(stored, 'weights.bin'), 0);
    await storeModel(cache, A);
    expect(await cache.find(A)).toBe(stored);
  });
});

describe('the size limit', () => {
  const KEYS = ['a', 'b', 'c'].map(keyOf);

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
  ])('removes what was not used for longest: %s', async (_, limit, expected) => {
    const folder = temporaryFolder();
    await cacheOfThree(folder);
    const cache = new CompiledCache(folder, limit * WEIGHTS.length);
    await storeModel(cache, keyOf('d'));
    expect((await cache.entries()).map(({ key }) => key)).toEqual(expected.map(keyOf));
  });

  test('keeps everything where a model alone is more, and says what to do', async () => {
    const folder = temporaryFolder();
    await cacheOfThree(folder);
    const cache = new CompiledCache(folder, 0.5 * WEIGHTS.length);
    await expect(storeModel(cache, keyOf('d'))).rejects.toMatchObject({ code: 'cache.limit' });
    expect(await cache.entries()).toHaveLength(3);
  });

  test('counts finding an entry as a use', async () => {
    const folder = temporaryFolder();
    await cacheOfThree(folder);
    const cache = new CompiledCache(folder, 2.5 * WEIGHTS.length);
    await cache.find(A);
    await storeModel(cache, keyOf('d'));
    expect((await cache.entries()).map(({ key }) => key)).toEqual(['d', 'a'].map(keyOf));
  });
});

test('entries says what is there, and clear removes that and nothing else', async () => {
  const folder = temporaryFolder();
  await writeFile(join(folder, 'letter.txt'), 'Dear reader');
  const cache = new CompiledCache(folder, 1e9);
  const before = Date.now();
  await storeModel(cache, A);
  const [entry, ...others] = await cache.entries();
  expect(others).toEqual([]);
  expect(entry).toMatchObject({ key: A, name: `model ${A}`, source: `/models/${A}.gguf`, bytes: WEIGHTS.length + 5 });
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

describe('what Vitrine did not make', () => {
  const stranger = async (folder: string, name: string) => {
    const path = join(folder, 'compiled-models', name);
    await mkdir(path, { recursive: true });
    await writeFile(join(path, 'weights.onnx'), 'a week of work');
    return join(path, 'weights.onnx');
  };
  const names = ['my-resnet', keyOf('b'), '.tmp-4000000-0123456789ab', '.tmp-0-0123456789ab'];

  test.each(names)('stays when models are compiled, looked for and cleared: %s', async (name) => {
    const folder = temporaryFolder();
    const file = await stranger(folder, name);
    const cache = new CompiledCache(folder, WEIGHTS.length);
    await cache.find(keyOf('b'));
    await storeModel(cache, A);
    await cache.verify();
    expect(await cache.clear()).toMatchObject({ entries: 1 });
    expect(await readFile(file, 'utf8')).toBe('a week of work');
  });

  test('stays behind a link that has the name of an entry', async () => {
    const folder = temporaryFolder();
    const file = await stranger(folder, 'my-resnet');
    const stored = await storeModel(new CompiledCache(folder, 1e9), A);
    await symlink(join(file, '..'), join(folder, 'compiled-models', keyOf('b')));
    await writeFile(join(file, '../entry.json'), await readFile(join(stored, 'entry.json')));
    const cache = new CompiledCache(folder, 1);
    expect(await cache.find(keyOf('b'))).toBeUndefined();
    await cache.clear();
    expect(await readFile(file, 'utf8')).toBe('a week of work');
  });

  test('in the place of an entry is named, and stays', async () => {
    const folder = temporaryFolder();
    const file = await stranger(folder, A);
    const cache = new CompiledCache(folder, 1e9);
    await expect(storeModel(cache, A)).rejects.toMatchObject({
      code: 'cache.occupied',
      message: expect.stringContaining(A),
    });
    expect(await readFile(file, 'utf8')).toBe('a week of work');
    expect(readdirSync(join(folder, 'compiled-models'))).toEqual([A]);
  });
});

test.each<[string, (folder: string) => Promise<void>]>([
  ['a file in its place', (folder) => writeFile(join(folder, 'compiled-models'), 'Dear reader')],
  ['a link that leads to itself', (folder) => symlink('compiled-models', join(folder, 'compiled-models'))],
])('a cache that cannot be read is not an empty one: %s', async (_, spoil) => {
  const folder = temporaryFolder();
  await spoil(folder);
  const unreadable = { code: 'cache.unreadable', message: expect.stringMatching(/cannot be read: .*(path|circle)/) };
  await expect(new CompiledCache(folder, 1e9).entries()).rejects.toMatchObject(unreadable);
  await expect(new CompiledCache(folder, 1e9).clear()).rejects.toMatchObject(unreadable);
});

test('verify reads every file, and removes what is damaged', async () => {
  const folder = temporaryFolder();
  const cache = new CompiledCache(folder, 1e9);
  await storeModel(cache, A);
  const damaged = await storeModel(cache, keyOf('b'));
  await appendFile(join(damaged, 'forward.onnx'), '!');
  const { whole, damaged: removed } = await cache.verify();
  expect([whole, removed].map((entries) => entries.map(({ key }) => key))).toEqual([[A], [keyOf('b')]]);
  expect(existsSync(damaged)).toBe(false);
});
