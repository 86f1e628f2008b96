import type { HashSet } from '../../duplicates/hash-set';

/** datatrove's, and GPT-3's of 13 less one: so many words in order seldom stand in two texts by chance. */
export const SEQUENCE_WORDS = 12;

/** Sequences of words in the questions of a test and their answers; of a question with fewer words there are none. */
export interface TestQuestions {
  sequences: HashSet;
  /** Of all. */
  count: number;
  /** Those that have fewer words than a sequence, with what answers them, and cannot be found. */
  tooShort: number;
}
