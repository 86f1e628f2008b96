import { sentence } from '../../../shared/errors';
import type { Span } from '../../../shared/filters-api';
import { Shingles } from '../../duplicates/shingles';
import { placedWords, simplifiedWords } from '../../duplicates/simplified-words';
import type { DocumentText } from '../../text/document-text';
import { documentFilter } from '../document-filter';
import type { DocumentFilter } from '../filter';
import { SEQUENCE_WORDS, type TestQuestions } from './test-questions';

/** Documents with what stands in the questions of a test, by sequences of twelve words as datatrove's NGramsDecontFilter. */
export function contamination({ sequences }: TestQuestions): DocumentFilter<DocumentText> {
  const shingles = new Shingles(SEQUENCE_WORDS);

  /** The first word of each sequence that a question has too. */
  function found(words: readonly string[]): number[] {
    const hashes = shingles.hashes(words);
    const firsts: number[] = [];
    for (let i = 0; i < (hashes?.count ?? 0); i++) {
      if (sequences.has(hashes?.halves[2 * i] as number, hashes?.halves[2 * i + 1] as number)) firsts.push(i);
    }
    return firsts;
  }

  return documentFilter(
    {
      name: 'contamination',
      title: sentence`Questions of a test`,
      why: sentence`Documents that have ${SEQUENCE_WORDS} words in a row in common with a question of the test, as datatrove looks for them. A model that has read the questions is measured by what it remembers, not by what it can do.`,
      measures: [
        {
          name: 'contaminated',
          removes: 'above',
          threshold: 0,
          slider: { minimum: 0, maximum: 100, step: 1 },
          draw: 'count',
          title: sentence`Sequences of words from a question`,
          why: sentence`One sequence of ${SEQUENCE_WORDS} words may be a saying that both quote; many are the question itself.`,
          value: (text: string) => found(simplifiedWords(text)).length,
          spans: (text: string) => {
            const words = placedWords(text);
            const place = (first: number): Span => ({
              start: words[first]?.start as number,
              end: words[first + SEQUENCE_WORDS - 1]?.end as number,
            });
            return found(words.map(({ word }) => word)).map(place);
          },
        },
      ],
    },
    ({ text }) => text,
  );
}
