import type { Predictions } from '../../../src/shared/engine-api';

/** What the model thought of a place before it read the token there. */
export interface Place {
  position: number;
  /** The token that stands there. */
  id: number;
  /** Natural logarithm of its probability. */
  logprob: number;
  /** From 0. */
  rank: number;
  /** Where ranks are known only up to a number: a token of that rank has it at least. */
  rankLimit: number | undefined;
  /** Of the distribution, in bits. */
  entropy: number;
  /** Whether it is that at least. */
  isEntropyBound: boolean;
  /** What softmax divided by to get the distribution, as a natural logarithm. */
  logZ: number;
  /** The most probable tokens, the first of them the most. */
  candidates: { id: number; logprob: number }[];
}

/** @returns undefined where nothing predicts the token: it is the first. */
export function placeAt(predictions: Predictions, ids: ArrayLike<number>, position: number): Place | undefined {
  const {
    logprob,
    rank,
    rankLimit,
    isEntropyBound = false,
    entropyAfter: entropy,
    logZAfter: logZ,
    topIdsAfter: topIds,
    topLogprobsAfter: topLogprobs,
    topK,
  } = predictions;
  const value = logprob[position] ?? Number.NaN;
  if (position === 0 || Number.isNaN(value)) return undefined;
  // The distribution that a token is drawn from is the one after the token before.
  const first = (position - 1) * topK;
  return {
    position,
    id: ids[position] ?? 0,
    logprob: value,
    rank: rank[position] ?? 0,
    rankLimit,
    entropy: entropy[position - 1] ?? Number.NaN,
    isEntropyBound,
    logZ: logZ[position - 1] ?? Number.NaN,
    candidates: Array.from(topIds.subarray(first, first + topK), (id, i) => ({
      id,
      logprob: topLogprobs[first + i] ?? Number.NaN,
    })).filter((candidate) => !Number.isNaN(candidate.logprob)),
  };
}
