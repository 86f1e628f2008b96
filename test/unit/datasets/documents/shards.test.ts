import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../support/temporary-folder';
import { documentsOf, indexed, textsOf } from './opened';

const PARQUET = 'test/fixtures/parquet';

function folderWith(files: Record<string, string | Uint8Array>): string {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

describe('a folder of files that are one data set', () => {
  it('has the rows of all of them, in the order of their numbers', async () => {
    const shards = fc.array(fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 5 }), {
      minLength: 1,
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(shards, fc.nat(40), fc.nat(10), async (shards, from, count) => {
        const files = shards.map((texts, i) => [
          `part-${i}.jsonl`,
          texts.map((text) => `${JSON.stringify({ text, shard: i })}\n`).join(''),
        ]);
        const source = await indexed(folderWith({ ...Object.fromEntries(files), 'README.md': '# About' }));
        const rows = shards.flatMap((texts, shard) => texts.map((text) => ({ text, shard })));
        expect(await textsOf(source)).toEqual(rows.map(({ text }) => text));
        const part = await documentsOf(source, from, from + count);
        const wanted = rows.slice(from, from + count);
        expect(part.map(({ index, text }) => [index, text])).toEqual(wanted.map(({ text }, i) => [from + i, text]));
        for (const { index } of part) {
          expect(JSON.parse(await source.entry(index))).toEqual(rows[index]);
          const place = source.placeOf(index);
          expect(place?.path).toContain(`part-${rows[index]?.shard}.jsonl`);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('may be of Parquet, and of packed files; of other folders each file is a document', async () => {
    const folder = temporaryFolder();
    for (const i of [0, 1]) {
      copyFileSync(join(PARQUET, 'conversations.parquet'), join(folder, `train-0000${i}-of-00002.parquet`));
    }
    const source = await indexed(folder);
    expect([source.holds, source.count, source.isIndexed]).toEqual(['conversations', 120, true]);
    expect(await source.entry(60)).toBe(await source.entry(0));
    const packed = await indexed(folderWith({ 'b.txt.gz': gzipSync('two\nthree'), 'a.txt.gz': gzipSync('one') }));
    expect(await textsOf(packed)).toEqual(['one', 'two', 'three']);
    const mixed = folderWith({ 'a.jsonl': '{"text": "a row"}', 'b.py': 'pass' });
    expect(await textsOf(await indexed(mixed))).toEqual(['{"text": "a row"}', 'pass']);
  });

  it('may lie below the folder, packed and not, behind links, but of one kind', async () => {
    const row = (text: string) => `${JSON.stringify({ text })}\n`;
    const folder = folderWith({ 'README.md': '# About', 'part-10.jsonl': row('ten') });
    const below = join(folder, 'data');
    mkdirSync(below);
    writeFileSync(join(below, 'part-1.jsonl.gz'), gzipSync(row('below')));
    symlinkSync(join(folderWith({ blob: row('nine') }), 'blob'), join(folder, 'part-9.jsonl'));
    const source = await indexed(folder);
    expect(await textsOf(source)).toEqual(['below', 'nine', 'ten']);
    expect(await source.isChanged()).toBe(false);
    writeFileSync(join(below, 'more.csv'), 'text\na row\n');
    expect(await source.isChanged()).toBe(true);
    await expect(indexed(folder)).rejects.toThrow('3 .jsonl, 1 .csv');
  });

  it('says which of them cannot be read', async () => {
    const folder = folderWith({ 'a.parquet': 'PAR1', 'b.parquet': 'PAR1' });
    copyFileSync(join(PARQUET, 'plain.parquet'), join(folder, 'a.parquet'));
    await expect(indexed(folder)).rejects.toThrow('b.parquet is no Parquet file');
  });
});
