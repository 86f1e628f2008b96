import type { Asked } from '../../../../src/display/asked-place';
import type { Predictions } from '../../../../src/shared/engine-api';
import { interventionsOf } from '../../../../src/shared/steering';
import { candidateLabels } from '../../../kit/candidate-label';
import type { ViewStore } from '../../../store/view-store';
import type { CleanText } from './clean-text';
import type { CorruptText } from './corrupt-text';

/** A run and what it expects next. */
export interface Run {
  trace: number;
  ids: readonly number[];
  /** Natural logarithms of the probabilities of the token that is asked about, and of the one it is held against. */
  logprobs: [number, number];
  /** What it finds most probable next. */
  top: { id: number; logprob: number; label: string }[];
}

/** The model's readings of both texts. */
export interface Both {
  clean: Run;
  corrupt: Run;
}

const TOP = 6;

export async function readBoth(
  store: ViewStore,
  clean: CleanText,
  corrupt: CorruptText,
  asked: Asked,
  signal: AbortSignal,
): Promise<Both> {
  const one = clean.trace === undefined ? await read(store, clean.ids, signal) : clean.trace;
  const other = await read(store, corrupt.ids, signal);
  return {
    clean: await runOf(store, one, clean.ids, asked),
    corrupt: await runOf(store, other, corrupt.ids, asked),
  };
}

/** @returns a trace */
async function read(store: ViewStore, ids: readonly number[], signal: AbortSignal): Promise<number> {
  const interventions = interventionsOf(store.state);
  return (await store.host.forwardTokens({ task: store.newTask(signal), ids: [...ids], ...interventions })).trace;
}

/** What a trace expects after its last token. */
export async function runOf(
  { lenses }: ViewStore,
  trace: number,
  ids: readonly number[],
  { token, against }: Pick<Asked, 'token' | 'against'>,
): Promise<Run> {
  const position = ids.length - 1;
  const predictions = await lenses.predictions({ trace, from: position, to: ids.length, topK: TOP });
  const distribution = await lenses.distribution({ trace, position });
  const labels = await candidateLabels(lenses, predictions.topIdsAfter);
  return {
    trace,
    ids,
    logprobs: [distribution[token] ?? Number.NaN, distribution[against] ?? Number.NaN],
    top: topOf(predictions, labels),
  };
}

function topOf({ topIdsAfter, topLogprobsAfter }: Predictions, labels: ReadonlyMap<number, string>): Run['top'] {
  return Array.from(topIdsAfter, (id, i) => ({ id, logprob: topLogprobsAfter[i] ?? 0, label: labels.get(id) ?? '' }));
}

/** Of both: natural logarithms of the two tokens' probabilities. */
export const logprobsOf = ({ clean, corrupt }: Both) => ({ clean: clean.logprobs, corrupt: corrupt.logprobs });
