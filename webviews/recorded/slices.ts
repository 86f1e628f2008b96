import type { RecordedDistribution, RecordedExperts, RecordedLens } from '../../src/recording/recording';
import type { LayerExperts, LogitLens, Predictions } from '../../src/shared/engine-api';
import { t } from '../l10n';
import { answered, unanswered } from './unanswered';

interface Positions {
  from: number;
  to: number;
}

/** @throws Error where more alternatives are asked for than are known */
export function slicePredictions(all: Predictions, { from, to }: Positions, topK: number): Predictions {
  if (topK > all.topK) throw unanswered();
  return {
    ...all,
    logprob: all.logprob.slice(from, to),
    rank: all.rank.slice(from, to),
    logZAfter: all.logZAfter.slice(from, to),
    entropyAfter: all.entropyAfter.slice(from, to),
    topIdsAfter: firstOfEach(all.topIdsAfter, all.topK, topK).slice(from * topK, to * topK),
    topLogprobsAfter: firstOfEach(all.topLogprobsAfter, all.topK, topK).slice(from * topK, to * topK),
    topK,
  };
}

/** @throws Error where positions are asked for that are not known */
export function sliceExperts(recorded: RecordedExperts | undefined, { from, to }: Positions): LayerExperts[] {
  const all = answered(recorded);
  if (from < all.from || to > all.to) throw unanswered();
  return all.layers.map(({ layer, perToken, experts, weights }) => {
    const range = [(from - all.from) * perToken, (to - all.from) * perToken] as const;
    return { layer, perToken, experts: experts.subarray(...range), weights: weights.subarray(...range) };
  });
}

/** @throws Error where positions are asked for that are not known */
export function sliceLens(
  recorded: RecordedLens | undefined,
  { from, to }: Positions,
  topK: number,
  layers: readonly number[] | undefined,
): LogitLens {
  const all = answered(recorded);
  if (from < all.from || to > all.to) {
    throw new Error(
      t(
        'This file holds the layers of the tokens {0} to {1}, counted from 0. Open the text in Vitrine to ask the model for others.',
        all.from,
        all.to - 1,
      ),
    );
  }
  if (topK > all.topK) throw unanswered();
  const wanted = [...(layers ?? all.layers)];
  const count = all.to - all.from;
  const places = wanted.flatMap((layer) =>
    Array.from({ length: to - from }, (_, i) => all.layers.indexOf(layer) * count + from - all.from + i),
  );
  const tops = places.flatMap((place) => Array.from({ length: topK }, (_, i) => place * all.topK + i));
  return {
    layers: wanted,
    topK,
    topIds: Uint32Array.from(tops, (at) => all.topIds[at] ?? 0),
    topLogprobs: Float32Array.from(tops, (at) => all.topLogprobs[at] ?? Number.NaN),
    nextLogprob: Float32Array.from(places, (at) => all.nextLogprob[at] ?? Number.NaN),
    nextRank: Uint32Array.from(places, (at) => all.nextRank[at] ?? 0),
  };
}

/** After the last token; of the most probable tokens the file has all digits. */
export function distributionOf({ lowest, codes }: RecordedDistribution, predictions: Predictions): Float32Array {
  const logprobs = Float32Array.from(codes, (code) => (lowest * code) / 65535);
  const from = predictions.topIdsAfter.length - predictions.topK;
  for (let at = from; at < predictions.topIdsAfter.length; at++) {
    logprobs[predictions.topIdsAfter[at] ?? 0] = predictions.topLogprobsAfter[at] ?? Number.NaN;
  }
  return logprobs;
}

/** Of rows of `width` values the first `count` of each. */
function firstOfEach<T extends Uint32Array | Float32Array>(values: T, width: number, count: number): T {
  return values.filter((_, at) => at % width < count) as T;
}
