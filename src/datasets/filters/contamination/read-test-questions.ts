import { sentence, VitrineError } from '../../../shared/errors';
import { openSource } from '../../documents/open-source';
import { HashSet } from '../../duplicates/hash-set';
import { Shingles } from '../../duplicates/shingles';
import { SEQUENCE_WORDS, type TestQuestions } from './test-questions';

/** What published tests call their questions, and what comes after them: MMLU, GSM8K, HellaSwag, ARC, TriviaQA, … */
const QUESTION_FIELDS = ['context', 'ctx', 'passage', 'question', 'query', 'prompt', 'instruction', 'input', 'problem'];
const ANSWER_FIELDS = ['choices', 'options', 'endings', 'answer', 'answers', 'label', 'target', 'output', 'solution'];

/**
 * Reads the questions of a test from a file: one in each line of text, or entries with a question and what answers it. All
 * sequences of words are looked for that datatrove's NGramsDecontIndexer finds in the question (`find_query_ngrams`), in the
 * answer, and over the border of both.
 *
 * @throws VitrineError `contamination.empty`, and those of data sets
 */
export async function readTestQuestions(path: string, signal: AbortSignal): Promise<TestQuestions> {
  const source = await openSource(path);
  const shingles = new Shingles(SEQUENCE_WORDS);
  const sequences = new HashSet();
  let tooShort = 0;
  try {
    await source.index({ signal, progress: () => {} });
    for (let index = 0; index < source.count; index++) {
      signal.throwIfAborted();
      const hashes = shingles.hashes(textsOfQuestion(JSON.parse(await source.entry(index))));
      if (!hashes?.count) tooShort++;
      for (let i = 0; i < 2 * (hashes?.count ?? 0); i += 2) {
        sequences.add(hashes?.halves[i] as number, hashes?.halves[i + 1] as number);
      }
    }
  } finally {
    await source.close();
  }
  if (sequences.size > 0) return { sequences, count: source.count, tooShort };
  throw new VitrineError(
    'contamination.empty',
    sentence`${path} has no question of ${SEQUENCE_WORDS} words or more, so nothing could be looked for. Choose a file with a question in each line, or with entries that have a field "question".`,
  );
}

/** Of fields that are named as usual, the question's texts and then its answer's; else all texts. */
function textsOfQuestion(entry: Record<string, unknown>): string[] {
  const usual = [...QUESTION_FIELDS, ...ANSWER_FIELDS].filter((name) => Object.hasOwn(entry, name));
  const values = usual.length > 0 ? usual.map((name) => entry[name]) : Object.values(entry);
  return values.flatMap(textsIn);
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
