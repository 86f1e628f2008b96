import type { RecordedNumbers, Recording } from '../../src/recording/recording';
import type { Vocabularies } from '../../src/shared/inspector-api';
import { answered, unanswered } from './unanswered';

/** What tokenizers made of the text and its numbers. */
export function recordedVocabularies({ vocabularies }: Recording): Vocabularies {
  const named = (name: string) => answered(vocabularies.find((vocabulary) => vocabulary.name === name));
  const numbersOf = (name: string): RecordedNumbers => answered(named(name).numbers);
  return {
    vocabularies: async () => vocabularies.map(({ name, label }) => ({ name, label })),
    tokenize: async ({ vocabulary, text }) => {
      const recorded = named(vocabulary);
      return answered(recorded.text === text ? recorded.read : undefined);
    },
    merges: async ({ vocabulary, id }) => {
      const { merges } = named(vocabulary);
      // That no merges build a token is known too.
      if (!(id in merges)) throw unanswered();
      return merges[id];
    },
    // Those of all pairs of the text are there.
    mergeRanks: async ({ vocabulary }) => named(vocabulary).mergeRanks,
    number: async ({ vocabulary, number }) => answered(numbersOf(vocabulary).rows[number]),
    numberMap: async ({ vocabulary }) => numbersOf(vocabulary).map,
    sum: async ({ vocabulary, sum }) => answered(numbersOf(vocabulary).sums[sum]),
  };
}
