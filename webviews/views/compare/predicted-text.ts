import { formatNats } from '../../../src/display/numbers';
import { type Sums, sumsOfPredictions } from '../../../src/display/sums';
import type { Predictions } from '../../../src/shared/engine-api';
import type { InspectorHost } from '../../../src/shared/inspector-api';
import { spansOf, type Word, wordsOf } from '../../../src/shared/words';
import { type TokenText, tokenTexts } from '../../kit/subject-tokens';

/** A text as the model reads it alone, from its start. */
export interface PredictedText {
  text: string;
  ids: Uint32Array;
  /** UTF-16 offsets. */
  starts: Uint32Array;
  ends: Uint32Array;
  tokens: TokenText[];
  words: readonly Word[];
  predictions: Predictions;
  sums: Sums;
  /** Natural logarithm of the probability of all tokens up to each one; the first token has no prediction and adds nothing. */
  cumulative: Float64Array;
}

/** @param task under which progress is told, and by which it can be cancelled */
export async function predictText(host: InspectorHost, task: number, text: string): Promise<PredictedText> {
  const { trace, ids, starts, ends } = await host.forward({ task, text });
  const predictions = await host.predictions({ trace, from: 0, to: ids.length, topK: 1 });
  const predicted = Array.from(ids, (_, i) => ({
    logprob: predictions.logprob[i] ?? Number.NaN,
    rank: predictions.rank[i] ?? 0,
    rankLimit: predictions.rankLimit,
  })).filter(({ logprob }) => !Number.isNaN(logprob));
  return {
    text,
    ids,
    starts,
    ends,
    tokens: tokenTexts(text, starts, ends),
    words: wordsOf(text, spansOf(starts, ends)),
    predictions,
    sums: sumsOfPredictions(predicted, [...text].length),
    cumulative: cumulate(predictions.logprob),
  };
}

/** Whether it has a probability: of a text of one token nothing is predicted. */
export function isPredicted({ sums }: PredictedText): boolean {
  return sums.predicted > 0;
}

/** `−29.6 nats`; of what nothing predicts, that there is no number: 0 would be certainty. */
export function logprobText(read: PredictedText): string {
  return isPredicted(read) ? formatNats(read.sums.logprob) : '–';
}

/** How many tokens two texts begin with in common. */
export function commonStart(one: PredictedText, other: PredictedText): number {
  const parting = one.ids.findIndex((id, i) => id !== other.ids[i]);
  return parting < 0 ? Math.min(one.ids.length, other.ids.length) : parting;
}

function cumulate(logprob: Float32Array): Float64Array {
  let sum = 0;
  return Float64Array.from(logprob, (value) => {
    sum += Number.isNaN(value) ? 0 : value;
    return sum;
  });
}

/** What the text of an index is called: A, B, C. */
export function letterOf(index: number): string {
  return String.fromCharCode(0x41 + index);
}
