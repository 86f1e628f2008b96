import { sentence } from '../../../shared/errors';
import type { Span } from '../../../shared/filters-api';
import { Shingles } from '../../duplicates/shingles';
import { placedWords } from '../../duplicates/simplified-words';
import type { DocumentText } from '../../text/document-text';
import { documentFilter } from '../document-filter';
import type { DocumentFilter, FilterMaterial } from '../filter';
import { SEQUENCE_WORDS, type TestQuestions } from './test-questions';

/** Documents with what stands in the questions of a test, by sequences of twelve words as datatrove's NGramsDecontFilter. */
export function contamination(): DocumentFilter<DocumentText> {
  let test: TestQuestions | undefined;
  const shingles = new Shingles(SEQUENCE_WORDS);

  /** The first word of each sequence that a question has too. */
  function found(text: string): number[] {
    const hashes = shingles.hashes([text]);
    const firsts: number[] = [];
    for (let i = 0; i < (hashes?.count ?? 0); i++) {
      if (test?.sequences.has(hashes?.halves[2 * i] as number, hashes?.halves[2 * i + 1] as number)) firsts.push(i);
    }
    return firsts;
  }

  const filter = documentFilter(
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
          value: (text: string) => (test ? found(text).length : Number.NaN),
          spans: (text: string) => {
            const words = placedWords(text);
            const place = (first: number): Span => ({
              start: words[first]?.start as number,
              end: words[first + SEQUENCE_WORDS - 1]?.end as number,
            });
            return found(text).map(place);
          },
        },
      ],
    },
    ({ text }) => text,
  );
  const prepare = async ({ testQuestions }: FilterMaterial) => {
    test = await testQuestions();
  };
  const limit = () => {
    if (!test?.tooShort) return undefined;
    return sentence`Not looked for, as they have fewer than ${SEQUENCE_WORDS} words: ${test.tooShort} of the ${test.count} questions of the test.`;
  };
  return { ...filter, prepare, limit };
}
