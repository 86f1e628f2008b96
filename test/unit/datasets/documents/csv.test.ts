import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentsOf, indexedFile, textsOf } from './opened';

/** As RFC 4180 writes a cell. */
const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
const cell = (text: string) => (text === '' || /[",;\t|\r\n]/.test(text) ? quoted(text) : text);

describe('a data set of a table', () => {
  it('has the documents that were written', async () => {
    const text = fc.array(fc.constantFrom('a', 'ñ', '"', ',', ';', '\t', '\n', '\r\n', ' ', '😀'), { maxLength: 8 });
    const rows = fc.array(
      text.map((parts) => parts.join('')),
      { minLength: 1, maxLength: 20 },
    );
    const delimiter = fc.constantFrom(',', ';', '\t', '|');
    const lineBreak = fc.constantFrom('\n', '\r\n');
    await fc.assert(
      fc.asyncProperty(
        rows,
        delimiter,
        lineBreak,
        fc.constantFrom('', '\uFEFF'),
        async (texts, between, ends, mark) => {
          const lines = [['id', 'text', 'url'], ...texts.map((own, id) => [String(id), own, 'https://example.com'])];
          const content = mark + lines.map((cells) => cells.map(cell).join(between) + ends).join('');
          const source = await indexedFile('.csv', content);
          expect(await textsOf(source)).toEqual(texts);
          expect(JSON.parse(await source.entry(0))).toEqual({ id: '0', text: texts[0], url: 'https://example.com' });
        },
      ),
      { numRuns: 80 },
    );
  });

  it.each([
    [
      'a row without names of columns',
      '1,one long sentence\n1,another sentence\n2,third\n',
      ['one long sentence', 'another sentence', 'third'],
    ],
    ['empty lines between rows', '\ntext\n\na\n\n\nb\n', ['a', 'b']],
    ['a quote in the middle of a cell', 'text,n\n5" disk,1\nb,2\n', ['5" disk', 'b']],
    ['tabs', 'n\ttext\n1\ta, b\n', ['a, b']],
    ['a table of names only', 'id,text\n', []],
  ])('reads %s', async (_, content, texts) => {
    expect(await textsOf(await indexedFile('.csv', content))).toEqual(texts);
  });

  it('says of a row that is cut or has a quote that is never closed what is wrong', async () => {
    const documents = await documentsOf(await indexedFile('.csv', 'id,text\n1,good\n2\n3,"never closed\n4,so on\n'));
    expect(documents.map(({ problem }) => problem?.template)).toEqual([
      undefined,
      expect.stringContaining('no column'),
      expect.stringContaining('quotes of this row do not match'),
    ]);
    expect(documents[2]?.text).toContain('4,so on');
  });
});
