import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { placedWords } from '../../../src/datasets/duplicates/simplified-words';
import { WordBytes } from '../../../src/datasets/duplicates/word-bytes';
import { contamination } from '../../../src/datasets/filters/contamination/contamination';
import { readTestQuestions } from '../../../src/datasets/filters/contamination/read-test-questions';
import { languageDetector } from '../../../src/datasets/filters/language/language-detector';
import { DocumentText } from '../../../src/datasets/text/document-text';
import expected from '../../fixtures/near-copies/contamination.json';
import { temporaryFolder } from '../../support/temporary-folder';

const documents: string[] = JSON.parse(
  gunzipSync(readFileSync('test/fixtures/near-copies/documents.json.gz')).toString(),
);

async function filterBy(name: string, content: string) {
  const questions = join(temporaryFolder(), name);
  writeFileSync(questions, content);
  const filter = contamination();
  await filter.prepare?.({
    testQuestions: () => readTestQuestions(questions, new AbortController().signal),
    languageDetector,
  });
  return filter;
}

const lines = (values: unknown[]) => values.map((value) => `${JSON.stringify(value)}\n`).join('');

describe('questions of a test', () => {
  it('are found in the documents in which datatrove finds them, as many sequences of words', async () => {
    const filter = await filterBy('test.jsonl', lines(expected.questions));
    const numbers = new Float32Array(documents.length);
    for (const [i, text] of documents.entries()) filter.measure(new DocumentText(text), numbers, i);
    expect([...numbers]).toEqual(expected.sequences);
  });

  it('are counted where they are too short to be found', async () => {
    const filter = await filterBy('test.txt', `${'word '.repeat(12)}\nWhy?\n${'word '.repeat(11)}\n`);
    expect(filter.limit?.()?.values).toEqual([12, 2, 3]);
    const none = await filterBy('test.txt', 'word '.repeat(12));
    expect(none.limit?.()).toBeUndefined();
  });

  it.each([
    ['test.txt', 'Which is the smallest number that one may divide by every digit there is?\nWhy?\n'],
    [
      'test.jsonl',
      lines([
        {
          id: 'x',
          question: 'Which is the smallest number that one may divide by every digit',
          choices: ['there is?', 'none'],
        },
      ]),
    ],
    ['test.jsonl', lines([{ q: 'Which is the smallest number that one may divide by every digit there is?' }])],
    ['test.csv', 'question,answer\nWhich is the smallest number that one may divide,by every digit there is?\n'],
  ])('are marked where they stand: %s', async (name, content) => {
    const filter = await filterBy(name, content);
    const text =
      'Tell me, İñigo: WHICH is the smallest\nnumber, that one may divide by every digit there is? 1,234.5 say I.';
    const [span] = filter.spans(new DocumentText(text), 'contaminated', 0);
    expect(text.slice(span?.start, span?.end)).toBe(
      'WHICH is the smallest\nnumber, that one may divide by every digit there is',
    );
  });

  it('are nothing that could be told where no file is chosen', async () => {
    const filter = contamination();
    await filter.prepare?.({ testQuestions: async () => undefined, languageDetector });
    const numbers = new Float32Array(1);
    filter.measure(new DocumentText(documents[0] as string), numbers, 0);
    expect(numbers[0]).toBeNaN();
  });

  it('say where there is nothing to look for', async () => {
    const promise = filterBy('test.txt', 'What is two and two?\n');
    await expect(promise).rejects.toThrow('has no question of 12 words or more');
  });
});

describe('words with their places', () => {
  it('are those that are compared, in all languages', () => {
    const compared = new WordBytes();
    for (const text of documents) {
      const words = placedWords(text);
      compared.read([text]);
      const bytes = Buffer.alloc(compared.bytes);
      compared.write(bytes, 0, new Uint32Array(2 * compared.words));
      expect(words.map(({ word }) => `${word} `).join('')).toBe(bytes.toString());
      let last = 0;
      for (const { word, start, end } of words) {
        expect(last <= start && start < end && end <= text.length).toBe(true);
        if (/^[a-z]+$/.test(word) && word.length === end - start && /^[a-z]+$/i.test(text.slice(start, end))) {
          expect(text.slice(start, end).toLowerCase()).toBe(word);
        }
        last = start;
      }
    }
  });
});
