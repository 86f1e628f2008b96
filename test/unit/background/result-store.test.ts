import { readdirSync, readFileSync, rmSync, statSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { ResultStore } from '../../../src/background/result-store';
import { temporaryFolder } from '../../support/temporary-folder';

let folder: string;

beforeEach(() => {
  folder = temporaryFolder();
});

const open = (options: Partial<Parameters<typeof ResultStore.open>[0]> = {}) =>
  ResultStore.open({ folder, model: 'model', width: 3, ...options });

const fileIn = () => join(folder, readdirSync(folder)[0] as string);

async function filled(count: number): Promise<ResultStore> {
  const store = await open();
  for (let i = 0; i < count; i++) await store.set(`text ${i}`, [i, i / 3, -i]);
  return store;
}

describe('results on disk', () => {
  it('are there again, by what they were found out of', async () => {
    await filled(2000);
    const again = await open();
    expect(again.size).toBe(2000);
    expect(again.get('text 1999')).toEqual(Float64Array.of(1999, 1999 / 3, -1999));
    expect(again.get('text 2000')).toBeUndefined();
    expect((await open({ model: 'another' })).get('text 1')).toBeUndefined();
    expect(again.trouble).toBeUndefined();
  });

  it('lose what was torn and nothing else', async () => {
    await filled(10);
    const path = fileIn();
    truncateSync(path, statSync(path).size - 5);
    const torn = await open();
    expect(torn.size).toBe(9);
    await torn.set('text 9', [9, 3, -9]);
    await torn.set('text 10', [10, 0, 0]);
    const again = await open();
    expect([again.size, again.get('text 9')?.[0], again.get('text 10')?.[0]]).toEqual([11, 9, 10]);
  });

  it('are passed over where they were changed, and the rest is read', async () => {
    await filled(100);
    const bytes = readFileSync(fileIn());
    bytes.fill(0x56, 300, 500);
    writeFileSync(fileIn(), bytes);
    const store = await open();
    expect(store.size).toBeGreaterThan(90);
    expect(store.size).toBeLessThan(100);
    for (let i = 0; i < 100; i++) expect([undefined, i]).toContain(store.get(`text ${i}`)?.[0]);
  });

  it('begin anew in a file that is something else', async () => {
    await filled(1);
    writeFileSync(fileIn(), Buffer.alloc(3_000_000, 'VtR1 garbage '));
    const store = await open();
    expect([store.size, store.trouble]).toEqual([0, undefined]);
    await store.set('text', [1, 2, 3]);
    expect((await open()).get('text')).toEqual(Float64Array.of(1, 2, 3));
  });

  it('are bounded: the older half goes', async () => {
    const store = await open({ mostRecords: 20 });
    for (let i = 0; i < 21; i++) await store.set(`text ${i}`, [i, 0, 0]);
    const again = await open();
    expect(again.size).toBe(10);
    expect(again.get('text 20')?.[0]).toBe(20);
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it('of models that nobody used for long go where there are too many', async () => {
    await filled(50);
    await (await open({ model: 'another', mostBytes: 1000 })).set('text', [1, 2, 3]);
    expect((await open({ model: 'another', mostBytes: 1000 })).size).toBe(1);
    expect((await open()).size).toBe(0);
  });

  it('stay in memory where they cannot be written, which is said', async () => {
    writeFileSync(join(folder, 'file'), '');
    const store = await open({ folder: join(folder, 'file') });
    expect(store.trouble?.template).toContain('not kept');
    await store.set('text', [1, 2, 3]);
    expect(store.get('text')).toEqual(Float64Array.of(1, 2, 3));
  });

  it.runIf(process.platform === 'linux')('stay in memory where the disk is full', async () => {
    const store = await open();
    await store.set('text', [1, 2, 3]);
    const path = fileIn();
    rmSync(path);
    symlinkSync('/dev/full', path);
    await store.set('more', [4, 5, 6]);
    expect(store.trouble?.template).toContain('The disk is full');
    expect(store.get('more')).toEqual(Float64Array.of(4, 5, 6));
    rmSync(path);
  });
});
