import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { eld } from 'eld/extrasmall';
import { describe, expect, it } from 'vitest';
import { language } from '../../../src/datasets/filters/language/language';
import { languageDetector } from '../../../src/datasets/filters/language/language-detector';
import { DocumentText } from '../../../src/datasets/text/document-text';
import sentences from '../../fixtures/near-copies/languages.json';

const documents: string[] = JSON.parse(
  gunzipSync(readFileSync('test/fixtures/near-copies/documents.json.gz')).toString(),
);

describe('the language of a text', () => {
  const detect = languageDetector();

  it.each(Object.entries(sentences))('is %s where fastText is sure of it', (code, texts) => {
    const same = texts.filter((text) => detect(text).language === code);
    expect(same.length / texts.length).toBeGreaterThanOrEqual(0.75);
  });

  it('is what eld says, with its score', () => {
    const made = [
      '',
      ' ',
      "don't 'quote' `tick` l’été",
      'a ab abc abcd abcde',
      'x'.repeat(500),
      `${'é'.repeat(300)} ñ`,
    ];
    const texts = [
      ...documents,
      ...Object.values(sentences).flat(),
      ...made,
      '日本語'.repeat(100),
      'İstanbul 𝒳𝒴 \ud800a',
    ];
    for (const text of texts) {
      const expected = eld.detect(text);
      const score = expected.getScores()[expected.language] ?? 0;
      expect(detect(text)).toEqual({ language: expected.language, score });
    }
  });

  it('decides with its score, and another language has none', async () => {
    const filter = language(['es', 'pt']);
    await filter.prepare?.({ testQuestions: async () => undefined, languageDetector });
    const numbers = new Float32Array(8);
    const texts = [sentences.es.join(' '), sentences.pt.join(' '), sentences.en.join(' '), '1 2 3'];
    for (const [i, text] of texts.entries()) filter.measure(new DocumentText(text), numbers, 2 * i);
    expect(numbers[0]).toBeGreaterThan(0.5);
    expect(numbers[2]).toBeGreaterThan(0.5);
    expect([numbers[4], numbers[6]]).toEqual([0, 0]);
  });
});
