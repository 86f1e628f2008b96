import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import { csvRow } from '../../../src/shared/csv';

/** As another program reads a row. */
const read = (cells: Parameters<typeof csvRow>[0], isGuarded: boolean) => parse(csvRow(cells, { isGuarded }))[0];

it('is read by others as what was written', () => {
  const cells = ['a,b', '"', 'two\r\nlines', '=1', -2.5, true, undefined, Number.NaN, Number.POSITIVE_INFINITY];
  expect(read(cells, false)).toEqual(['a,b', '"', 'two\r\nlines', '=1', '-2.5', 'true', '', '', '']);
});

it.each(['=HYPERLINK("http://a")', '+1', '-1', '@SUM(1)', '\t=1', '\r=1'])(
  'has no formula where it is guarded: %j',
  (text) => expect(read([text, 'a=1', -1], true)).toEqual([`'${text}`, 'a=1', '-1']),
);
