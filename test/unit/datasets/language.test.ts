import { describe, expect, it } from 'vitest';
import { language, languageDetector } from '../../../src/datasets/filters/language';
import { DocumentText } from '../../../src/datasets/text/document-text';
import sentences from '../../fixtures/near-copies/languages.json';

describe('the language of a text', () => {
  it.each(Object.entries(sentences))('is %s where fastText is sure of it', async (code, texts) => {
    const detect = await languageDetector();
    const same = texts.filter((text) => detect(text).language === code);
    expect(same.length / texts.length).toBeGreaterThanOrEqual(0.75);
  });

  it('decides with its score, and another language has none', async () => {
    const filter = await language(['es', 'pt']);
    const numbers = new Float32Array(4);
    const texts = [sentences.es.join(' '), sentences.pt.join(' '), sentences.en.join(' '), '1 2 3'];
    for (const [i, text] of texts.entries()) filter.measure(new DocumentText(text), numbers, i);
    expect(numbers[0]).toBeGreaterThan(0.5);
    expect(numbers[1]).toBeGreaterThan(0.5);
    expect([...numbers.slice(2)]).toEqual([0, 0]);
  });
});
