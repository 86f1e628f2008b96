import type { CompressionCodec, PageHeader, SchemaTree } from 'hyparquet';
import { DEFAULT_PARSERS } from 'hyparquet/src/convert.js';
import { expect, it } from 'vitest';
import { pageValues } from '../../../../src/datasets/parquet/page';

type FirstVersion = NonNullable<PageHeader['data_page_header']>;

const element = { name: 'text', type: 'BYTE_ARRAY' as const, repetition_type: 'OPTIONAL' as const };
const column: SchemaTree = { count: 1, element, children: [], path: ['text'] };
const root: SchemaTree = { count: 2, element: { name: 'schema' }, children: [column], path: [] };

const page = (values: number, encoding: FirstVersion['encoding'], bytes: readonly number[], size = bytes.length) => ({
  header: {
    type: 'DATA_PAGE',
    uncompressed_page_size: size,
    compressed_page_size: bytes.length,
    data_page_header: {
      num_values: values,
      encoding,
      definition_level_encoding: 'RLE',
      repetition_level_encoding: 'RLE',
    },
  } satisfies PageHeader,
  body: Uint8Array.from(bytes).buffer,
});

function decoded({ header, body }: ReturnType<typeof page>, codec: CompressionCodec = 'UNCOMPRESSED') {
  const decoder = { pathInSchema: ['text'], type: element.type, element, schemaPath: [root, column], codec };
  return pageValues(header, body, { ...decoder, parsers: DEFAULT_PARSERS }, undefined);
}

/** As unsigned LEB128. */
function varint(value: number): number[] {
  const low = value % 128;
  return value < 128 ? [low] : [low + 128, ...varint((value - low) / 128)];
}

/** Levels of so many values that are there, behind the length of their bytes. */
const levels = (count: number) => {
  const run = [...varint(2 * count), 1];
  return [run.length, 0, 0, 0, ...run];
};
const text = [1, 0, 0, 0, 'a'.charCodeAt(0)];

/** Numbers in one block, of which each is as much more than the one before: Parquet's DELTA_BINARY_PACKED. */
const rising = (count: number, by: number) => [128, 1, 4, ...varint(count), 0, ...varint(2 * by), 0, 0, 0, 0];

it('reads a page that is as it says', () => {
  expect([...decoded(page(2, 'PLAIN', [...levels(2), ...text, ...text]))]).toEqual(['a', 'a']);
});

it.each([
  ['more values than any page has', page(2 ** 31 - 1, 'PLAIN', [...levels(2), ...text]), 'UNCOMPRESSED'],
  ['a run that is longer than the page', page(2, 'PLAIN', [...levels(2 ** 29), ...text]), 'UNCOMPRESSED'],
  [
    'a run of numbers of a dictionary',
    page(2, 'RLE_DICTIONARY', [...levels(2), 8, ...varint(2 ** 30), 0]),
    'UNCOMPRESSED',
  ],
  ['a run of nothing', page(2, 'PLAIN', [...levels(0), ...text]), 'UNCOMPRESSED'],
  [
    'texts that each share a gigabyte more with the one before',
    page(100, 'DELTA_BYTE_ARRAY', [...levels(100), ...rising(100, 10_000_000), ...rising(100, 0)]),
    'UNCOMPRESSED',
  ],
  ['two gigabytes of Snappy', page(2, 'PLAIN', [...levels(2), ...text], 2 ** 31 - 1), 'SNAPPY'],
  ['two gigabytes of Zstandard', page(2, 'PLAIN', [0x28, 0xb5, 0x2f, 0xfd, ...text], 2 ** 31 - 1), 'ZSTD'],
  ['a negative size', page(2, 'PLAIN', [...levels(2), ...text], -1), 'GZIP'],
] as const)('refuses at once a page that claims %s', (_, claimed, codec) => {
  const before = process.memoryUsage();
  expect(() => decoded(claimed, codec)).toThrow();
  const after = process.memoryUsage();
  expect(after.rss - before.rss).toBeLessThan(100e6);
});
