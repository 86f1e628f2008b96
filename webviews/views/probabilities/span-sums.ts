import { type Sums, sumsOfPredictions } from '../../../src/display/sums';
import type { Predictions } from '../../../src/shared/engine-api';
import type { Subject } from '../../../src/shared/inspector-api';
import { subjectTokens } from '../../kit/subject-tokens';
import type { ChangedText } from './changed-text';

/** Positions of tokens, half-open. */
export interface Run {
  from: number;
  to: number;
}

/** Runs of tokens that are shown, in order. */
export function shownRuns(subject: Subject): Run[] {
  const runs: Run[] = [];
  for (const [position, { isShown }] of subjectTokens(subject).entries()) {
    const last = runs.at(-1);
    if (!isShown) continue;
    if (last?.to === position) last.to = position + 1;
    else runs.push({ from: position, to: position + 1 });
  }
  return runs;
}

/** What runs of tokens come to together: what `vitrine inspect --select` says of the same part. */
export function sumsOfRuns({ text, read }: Subject, predictions: Predictions, runs: readonly Run[]): Sums {
  const textOf = ({ from, to }: Run) => text.slice(read?.starts[from], read?.ends[to - 1]);
  return sums(predictions, runs, textOf);
}

/** The same of the text with tokens changed. */
export function sumsOfChanged({ tokens, predictions }: ChangedText, runs: readonly Run[]): Sums {
  const textOf = ({ from, to }: Run) =>
    tokens
      .slice(from, to)
      .map((token) => token.text)
      .join('');
  return sums(predictions, runs, textOf);
}

function sums(predictions: Predictions, runs: readonly Run[], textOf: (run: Run) => string): Sums {
  const { rankLimit } = predictions;
  const predicted: { logprob: number; rank: number; rankLimit: number | undefined }[] = [];
  let characters = 0;
  for (const run of runs) {
    const { from, to } = run;
    characters += [...textOf(run)].length;
    for (let position = from; position < to; position++) {
      const logprob = predictions.logprob[position] ?? Number.NaN;
      if (!Number.isNaN(logprob)) predicted.push({ logprob, rank: predictions.rank[position] ?? 0, rankLimit });
    }
  }
  return sumsOfPredictions(predicted, characters);
}

/** The position of a run where the model was surprised most; undefined where nothing is predicted. */
export function mostSurprising({ logprob }: Predictions, { from, to }: Run): number | undefined {
  let most: number | undefined;
  for (let position = from; position < to; position++) {
    const value = logprob[position] ?? Number.NaN;
    if (!Number.isNaN(value) && (most === undefined || value < (logprob[most] ?? 0))) most = position;
  }
  return most;
}
