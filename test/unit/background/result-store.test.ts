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
  ResultStore.open({ folder, model: 'model', ...options });

const fileIn = () => join(folder, readdirSync(folder)[0] as string);

const bytes = (...values: number[]) => new Uint8Array(Float64Array.from(values).buffer);

/** The first number of a result. */
async function numberOf(store: ResultStore, text: string): Promise<number | undefined> {
  const result = await store.get(text);
  return result && new Float64Array(result.buffer as ArrayBuffer)[0];
}

async function filled(count: number): Promise<ResultStore> {
  const store = await open();
  for (let i = 0; i < count; i++) await store.set(`text ${i}`, bytes(i, i / 3, -i));
  return store;
}

describe('results on disk', () => {
  it('are there again, by what they were found out of', async () => {
    await filled(2000);
    const again = await open();
    expect(again.size).toBe(2000);
    expect(await again.get('text 1999')).toEqual(bytes(1999, 1999 / 3, -1999));
    expect(await again.get('text 2000')).toBeUndefined();
    expect(await (await open({ model: 'another' })).get('text 1')).toBeUndefined();
    expect(again.trouble).toBeUndefined();
  });

  it('lose what was torn and nothing else', async () => {
    await filled(10);
    const path = fileIn();
    truncateSync(path, statSync(path).size - 5);
    const torn = await open();
    expect(torn.size).toBe(9);
    await torn.set('text 9', bytes(9, 3, -9));
    await torn.set('text 10', bytes(10, 0, 0));
    const again = await open();
    expect([again.size, await numberOf(again, 'text 9'), await numberOf(again, 'text 10')]).toEqual([11, 9, 10]);
  });

  it('are passed over where they were changed, and the rest is read', async () => {
    await filled(100);
    const file = readFileSync(fileIn());
    file.fill(0x56, 300, 500);
    writeFileSync(fileIn(), file);
    const store = await open();
    expect(store.size).toBeGreaterThan(90);
    expect(store.size).toBeLessThan(100);
    for (let i = 0; i < 100; i++) expect([undefined, i]).toContain(await numberOf(store, `text ${i}`));
  });

  it('begin anew in a file that is something else', async () => {
    await filled(1);
    writeFileSync(fileIn(), Buffer.alloc(3_000_000, 'VtR2 garbage '));
    const store = await open();
    expect([store.size, store.trouble]).toEqual([0, undefined]);
    await store.set('text', bytes(1, 2, 3));
    expect(await (await open()).get('text')).toEqual(bytes(1, 2, 3));
  });

  it('are bounded: the older half goes', async () => {
    const store = await open({ mostRecords: 20 });
    for (let i = 0; i < 21; i++) await store.set(`text ${i}`, bytes(i, 0, 0));
    const again = await open();
    expect(again.size).toBe(10);
    expect(await numberOf(again, 'text 20')).toBe(20);
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it('of any length are there, also those that another window has written meanwhile', async () => {
    const [one, other] = [await open(), await open()];
    const large = Uint8Array.from({ length: 700_000 }, (_, i) => i % 251);
    await Promise.all([one.set('large', large), other.set('small', bytes(1)), one.set('none', new Uint8Array())]);
    await other.set('later', bytes(2));
    const again = await open();
    expect(Buffer.compare((await again.get('large')) ?? bytes(), large)).toBe(0);
    expect(await again.get('none')).toEqual(new Uint8Array());
    expect([await numberOf(one, 'large'), await numberOf(other, 'later')]).toEqual([expect.anything(), 2]);
    expect([await other.get('small'), again.size]).toEqual([bytes(1), 4]);
  });

  it('of models that nobody used for long go where there are too many', async () => {
    await filled(50);
    await (await open({ model: 'another', mostBytes: 1000 })).set('text', bytes(1, 2, 3));
    expect((await open({ model: 'another', mostBytes: 1000 })).size).toBe(1);
    expect((await open()).size).toBe(0);
  });

  it('stay in memory where they cannot be written, which is said', async () => {
    writeFileSync(join(folder, 'file'), '');
    const store = await open({ folder: join(folder, 'file') });
    expect(store.trouble?.template).toContain('not kept');
    await store.set('text', bytes(1, 2, 3));
    expect(await store.get('text')).toEqual(bytes(1, 2, 3));
  });

  it.runIf(process.platform === 'linux')('stay in memory where the disk is full', async () => {
    const store = await open();
    await store.set('text', bytes(1, 2, 3));
    const path = fileIn();
    rmSync(path);
    symlinkSync('/dev/full', path);
    await store.set('more', bytes(4, 5, 6));
    expect(store.trouble?.template).toContain('The disk is full');
    expect(await store.get('more')).toEqual(bytes(4, 5, 6));
    rmSync(path);
  });
});
