import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineOffsets } from '../../../../src/datasets/file/line-offsets';
import { BreakScanner, MarkScanner } from '../../../../src/datasets/file/scan-texts';
import { documentsOf, indexedFile, textsOf } from './opened';

const SEPARATIONS = [
  ['lines', '\n', 'A line is a document.'],
  ['lines of Windows', '\r\n', 'A line is a document.'],
  ['empty lines', '\n\n', 'Empty lines stand between documents.'],
  ['empty lines of Windows', '\r\n\r\n\r\n', 'Empty lines stand between documents.'],
  ['marks', '<|endoftext|>', 'A document ends at {0}.'],
  ['marks in lines', '\n<|endoftext|>\n', 'A document ends at {0}.'],
] as const;

/** A document that holds nothing of what stands between them, and does not begin or end with a line break. */
const document = fc
  .string({ unit: 'grapheme', minLength: 1 })
  .map((text) => text.replaceAll(/[\r\n]/g, ' '))
  .filter((text) => text.trim() !== '' && !text.startsWith('\uFEFF'));

describe('a data set of plain text', () => {
  it.each(SEPARATIONS)('has the documents that were written between %s', async (_, between, reading) => {
    const ends = fc.constantFrom('', between);
    await fc.assert(
      fc.asyncProperty(
        fc.array(document, { minLength: 2, maxLength: 20 }),
        ends,
        ends,
        async (texts, before, after) => {
          const source = await indexedFile('.txt', before + texts.join(between) + after);
          expect(await textsOf(source)).toEqual(texts);
          expect(source.reading.template).toBe(reading);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('keeps the lines of a document where something else stands between documents', async () => {
    expect(await textsOf(await indexedFile('.txt', 'a\nb\n\nc\n  d\n\n\n\n  e\n'))).toEqual(['a\nb', 'c\n  d', '  e']);
    expect(await textsOf(await indexedFile('.txt', 'a\n\nb\n<|endoftext|>\nc<|endoftext|>'))).toEqual(['a\n\nb', 'c']);
  });

  it('takes a file of lines with a few empty ones for lines', async () => {
    const lines = Array.from({ length: 1000 }, (_, i) => `line ${i}`);
    const source = await indexedFile('.txt', `${lines.join('\n')}\n\nlast\n`);
    expect(source.count).toBe(1001);
  });

  it('finds the same in whatever pieces it is read', () => {
    const parts = fc.array(fc.constantFrom('a', ' ', '\n', '\r\n', '<|endoftext|>', '<|end', '|>'), { maxLength: 30 });
    const scanners = [
      (offsets: LineOffsets) => new BreakScanner(offsets, 1),
      (offsets: LineOffsets) => new BreakScanner(offsets, 2),
      (offsets: LineOffsets) => new MarkScanner(offsets, '<|endoftext|>'),
    ];
    fc.assert(
      fc.property(parts, fc.constantFrom(...scanners), fc.integer({ min: 1, max: 5 }), (written, make, piece) => {
        const bytes = Buffer.from(written.join(''));
        const startsIn = (length: number) => {
          const offsets = new LineOffsets();
          const scanner = make(offsets);
          for (let at = 0; at < bytes.length; at += length) scanner.take(bytes.subarray(at, at + length));
          scanner.finish();
          return Array.from({ length: offsets.count + 1 }, (_, line) => offsets.start(line));
        };
        expect(startsIn(piece)).toEqual(startsIn(bytes.length + 1));
      }),
    );
  });

  it('says what is wrong with a document, and of a file in UTF-16 how to save it', async () => {
    const bytes = Buffer.concat([Buffer.from('first\na'), Buffer.from([0xff]), Buffer.from('b\nnull \0\n')]);
    const [first, second, third] = await documentsOf(await indexedFile('.txt', bytes));
    expect(first).toMatchObject({ text: 'first', problem: undefined });
    expect(second?.text).toBe('a\uFFFDb');
    expect(second?.problem?.template).toContain('not UTF-8');
    expect(third).toMatchObject({ text: 'null \0', problem: undefined });
    await expect(indexedFile('.txt', Buffer.from('\uFEFFwords', 'utf16le'))).rejects.toThrow('Save it as UTF-8');
    expect((await indexedFile('.txt', '\n\n\n')).count).toBe(0);
    expect((await indexedFile('.txt', '')).count).toBe(0);
  });
});
