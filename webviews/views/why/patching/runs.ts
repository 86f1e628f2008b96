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

/** The model's readings of both texts, and the two tokens whose answers are held against each other. */
export interface Both {
  clean: Run;
  corrupt: Run;
  pair: Pair;
}

export type Pair = Pick<Asked, 'token' | 'against'>;

const TOP = 6;

/**
 * Reads both texts. A token is held against what the corrupt text makes the model expect in its place, which is what a patch
 * is to undo; where that is the token itself, or somebody wants it, against the other that is asked about.
 */
export async function readBoth(
  store: ViewStore,
  { clean, corrupt, asked, isAsAsked }: { clean: CleanText; corrupt: CorruptText; asked: Asked; isAsAsked: boolean },
  signal: AbortSignal,
): Promise<Both> {
  const one = clean.trace === undefined ? await read(store, clean.ids, signal) : clean.trace;
  const other = await read(store, corrupt.ids, signal);
  const { token } = asked;
  const [expected = token] = (await lastPredictions(store, other, corrupt.ids)).topIdsAfter;
  const pair = { token, against: isAsAsked || expected === token ? asked.against : expected };
  return {
    clean: await runOf(store, one, clean.ids, pair),
    corrupt: await runOf(store, other, corrupt.ids, pair),
    pair,
  };
}

/** @returns a trace */
async function read(store: ViewStore, ids: readonly number[], signal: AbortSignal): Promise<number> {
  const interventions = interventionsOf(store.state);
  return (await store.host.forwardTokens({ task: store.newTask(signal), ids: [...ids], ...interventions })).trace;
}

/** What a trace expects after its last token. */
export async function runOf(
  store: ViewStore,
  trace: number,
  ids: readonly number[],
  { token, against }: Pair,
): Promise<Run> {
  const { lenses } = store;
  const predictions = await lastPredictions(store, trace, ids);
  const distribution = await lenses.distribution({ trace, position: ids.length - 1 });
  const labels = await candidateLabels(lenses, predictions.topIdsAfter);
  return {
    trace,
    ids,
    logprobs: [distribution[token] ?? Number.NaN, distribution[against] ?? Number.NaN],
    top: topOf(predictions, labels),
  };
}

function lastPredictions({ lenses }: ViewStore, trace: number, ids: readonly number[]): Promise<Predictions> {
  return lenses.predictions({ trace, from: ids.length - 1, to: ids.length, topK: TOP });
}

function topOf({ topIdsAfter, topLogprobsAfter }: Predictions, labels: ReadonlyMap<number, string>): Run['top'] {
  return Array.from(topIdsAfter, (id, i) => ({ id, logprob: topLogprobsAfter[i] ?? 0, label: labels.get(id) ?? '' }));
}

/** Of both: natural logarithms of the two tokens' probabilities. */
export const logprobsOf = ({ clean, corrupt }: Both) => ({ clean: clean.logprobs, corrupt: corrupt.logprobs });
