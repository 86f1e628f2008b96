import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentsOf, indexedFile, textsOf } from './opened';

const jsonl = (rows: readonly unknown[], lineBreak = '\n') => rows.map((row) => JSON.stringify(row)).join(lineBreak);

describe('a data set of JSON lines', () => {
  it('has the documents that were written', async () => {
    const texts = fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(texts, fc.constantFrom('\n', '\r\n'), async (written, lineBreak) => {
        const rows = written.map((text, id) => ({ id, text, url: 'https://example.com/a/longer/text/than/most' }));
        const source = await indexedFile('.jsonl', jsonl(rows, lineBreak));
        const documents = await documentsOf(source);
        expect(documents).toEqual(
          written.map((text, index) => ({ index, text, bytes: Buffer.byteLength(text), problem: undefined })),
        );
        expect(await source.entry(written.length - 1)).toBe(JSON.stringify(rows.at(-1)));
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['a usual name before a longer field', [{ Text: 'a', notes: 'a longer one' }], ['a']],
    ['the field with the most characters', [{ id: 'x1', lyrics: 'la la la' }], ['la la la']],
    ['rows that are texts', ['one', 'two'], ['one', 'two']],
    [
      'what is said in a conversation',
      [
        {
          messages: [
            { role: 'user', content: 'Hi' },
            { role: 'assistant', content: 'Hello' },
          ],
        },
      ],
      ['Hi\n\nHello'],
    ],
    [
      'the prompt of a pair once, with both answers',
      [{ prompt: 'Hi', chosen: 'Hello', rejected: 'No' }],
      ['Hi\n\nHello\n\nNo'],
    ],
  ])('reads %s', async (_, rows, texts) => {
    expect(await textsOf(await indexedFile('.ndjson', jsonl(rows)))).toEqual(texts);
  });

  it('says of each row that cannot be read what is wrong, and reads the others', async () => {
    const good = { text: 'good' };
    const cases: [string | Buffer, string, string][] = [
      ['{"text": "cut', '{"text": "cut', 'no JSON'],
      ['', '', 'empty'],
      ['[1]', '[1]', 'neither an object'],
      ['{"text": 5}', '{"text": 5}', 'no text in its field'],
      ['{"text": "a\\ud800b"}', 'a\uFFFDb', 'half of a character'],
      [Buffer.from([...Buffer.from('{"text": "a'), 0xff, ...Buffer.from('"}')]), 'a\uFFFD', 'not UTF-8'],
      ['{"text": "\0"}', '{"text": "\0"}', 'no JSON'],
    ];
    const rows = [JSON.stringify(good), ...cases.map(([row]) => row), JSON.stringify(good)];
    const bytes = Buffer.concat(rows.flatMap((row) => [Buffer.from(row), Buffer.from('\n')]));
    const documents = await documentsOf(await indexedFile('.jsonl', Buffer.concat([Buffer.from('\uFEFF'), bytes])));
    expect(documents.map(({ text }) => text)).toEqual(['good', ...cases.map(([, text]) => text), 'good']);
    const problems = documents.map(({ problem }) => problem?.template);
    expect(problems).toEqual([undefined, ...cases.map(([, , said]) => expect.stringContaining(said)), undefined]);
  });

  it('keeps numbers of many digits as they are in an entry', async () => {
    const line = '{"id": 12345678901234567890, "text": "a", "score": 1.0}';
    expect(await (await indexedFile('.jsonl', `${line}\n`)).entry(0)).toBe(line);
  });

  it('shows the beginning of a row of 100 MB and reads the next', async () => {
    const long = Buffer.alloc(100_000_000, 'x');
    const source = await indexedFile('.jsonl', Buffer.concat([long, Buffer.from('\n{"text": "next"}\n')]));
    const [cut, next] = await documentsOf(source);
    expect(cut).toMatchObject({ text: 'x'.repeat(2000) });
    expect(cut?.problem?.template).toContain('are not read');
    expect(next).toMatchObject({ text: 'next', problem: undefined });
    await expect(source.entry(0)).rejects.toThrow('are not read');
  });
});
