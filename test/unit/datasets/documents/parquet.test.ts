import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VitrineError } from '../../../../src/shared/errors';
import { documentsOf, indexed, indexedFile, textsOf } from './opened';

/** `test/fixtures/parquet/make.py` has made them, and pyarrow has read them. */
const FOLDER = 'test/fixtures/parquet';
const FILES = ['plain', 'snappy', 'gzip', 'brotli', 'zstd', 'lz4', 'delta', 'delta-length'];
const expected = readFileSync(join(FOLDER, 'expected.json'), 'utf8');
const rows: { text: string | null }[] = JSON.parse(expected);

describe('a data set of Parquet', () => {
  it.each(FILES)('has the documents that pyarrow reads: %s', async (name) => {
    const source = await indexed(join(FOLDER, `${name}.parquet`));
    expect(await textsOf(source)).toEqual(rows.map(({ text }) => text ?? ''));
    const without = (await documentsOf(source)).filter(({ problem }) => problem).map(({ index }) => index);
    expect(without).toEqual(rows.flatMap(({ text }, i) => (text === null ? [i] : [])));
    expect((await documentsOf(source, 49, 52)).map(({ index }) => index)).toEqual([49, 50, 51]);
  });

  it.each(FILES)('gives whole rows for an export: %s', async (name) => {
    const source = await indexed(join(FOLDER, `${name}.parquet`));
    for (const row of [0, 5, 49, 50, 119]) expect(JSON.parse(await source.entry(row))).toEqual(rows[row]);
    expect(await source.entry(1)).toContain(`"id":${2n ** 53n + 1n},`);
  });

  it('has conversations of lists of structs as those that they are, and exports them as they stood', async () => {
    const source = await indexed(join(FOLDER, 'conversations.parquet'));
    const rows: { messages: { content: string }[] }[] = JSON.parse(
      readFileSync(join(FOLDER, 'conversations.json'), 'utf8'),
    );
    expect(source.holds).toBe('conversations');
    expect(await textsOf(source)).toEqual(
      rows.map(({ messages }) => messages.map(({ content }) => content).join('\n\n')),
    );
    const lines: string[] = [];
    for await (const { text } of source.lines(0, source.count)) lines.push(text);
    expect(lines.map((line) => JSON.parse(line))).toEqual(rows);
  });

  it('exports times with all of their digits, days without a time, and bytes in base64', async () => {
    const source = await indexed(join(FOLDER, 'values.parquet'));
    const raw = Buffer.from([0, 255]).toString('base64');
    expect(JSON.parse(await source.entry(0))).toEqual({
      text: 'one',
      micros: '2024-01-01T12:30:00.123456Z',
      nanos: '1969-12-31T23:59:59.000000001Z',
      day: '2024-01-01',
      raw,
      nested: [{ at: '2024-01-01T12:30:00.123456Z', raw }],
    });
  });

  it('says of bytes that are no UTF-8 what is wrong', async () => {
    const [good, bad] = await documentsOf(await indexed(join(FOLDER, 'bytes.parquet')));
    expect(good).toMatchObject({ text: 'good', problem: undefined });
    expect(bad?.text).toBe('a\uFFFDb');
    expect(bad?.problem?.template).toContain('not UTF-8');
  });

  it('reads what it can of a file that is damaged anywhere, and says of the rest that it is', async () => {
    const files = [...FILES, 'conversations'].map((name) => readFileSync(join(FOLDER, `${name}.parquet`)));
    const change = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), byte: fc.nat(255) });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...files),
        fc.array(change, { minLength: 1, maxLength: 4 }),
        async (file, all) => {
          const bytes = Buffer.from(file);
          for (const { at, byte } of all) bytes[Math.floor(at * (bytes.length - 1))] = byte;
          await readOrRefuse(bytes);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('refuses a file that is cut off anywhere', async () => {
    const file = readFileSync(join(FOLDER, 'snappy.parquet'));
    for (let length = 0; length < file.length; length += 97) {
      await expect(indexedFile('.parquet', file.subarray(0, length))).rejects.toThrow('no Parquet file');
    }
  });
});

async function readOrRefuse(bytes: Uint8Array): Promise<void> {
  try {
    const source = await indexedFile('.parquet', bytes);
    await documentsOf(source);
    if (source.count > 0) await source.entry(source.count - 1);
  } catch (error) {
    if (!(error instanceof VitrineError)) throw error;
  }
}
