import type { Predictions } from '../../src/shared/engine-api';
import type { Subject } from '../../src/shared/inspector-api';
import { spansOf, type TokenRun, type Word, wordLogprob, wordRuns, wordsOf } from '../../src/shared/words';

const wordsOfSubject = new WeakMap<Subject, Word[]>();

/** The words of a subject with their tokens, in order; none where the model has not read it. */
function subjectWords(subject: Subject | undefined): readonly Word[] {
  if (!subject?.read) return [];
  const known = wordsOfSubject.get(subject) ?? readWords(subject.text, subject.read);
  wordsOfSubject.set(subject, known);
  return known;
}

function readWords(text: string, { starts, ends }: NonNullable<Subject['read']>): Word[] {
  return wordsOf(text, spansOf(starts, ends));
}

/** The word that has a token; undefined for a token that is no part of a word. */
export function wordAt(subject: Subject | undefined, token: number): Word | undefined {
  return subjectWords(subject).find(({ first, last }) => first <= token && token <= last);
}

/** Every token of a subject in runs: those of a word together, any other by itself. */
export function subjectRuns(subject: Subject | undefined): TokenRun[] {
  return wordRuns(subjectWords(subject), subject?.read?.ids.length ?? 0);
}

/** Predictions in which each token has the log-probability of its whole run. */
export function sumByRun(predictions: Predictions, runs: readonly TokenRun[]): Predictions {
  const logprob = predictions.logprob.slice();
  for (const run of runs) logprob.fill(wordLogprob(predictions.logprob, run), run.first, run.last + 1);
  return { ...predictions, logprob };
}
