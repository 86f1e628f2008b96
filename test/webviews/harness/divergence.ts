import type { Distributed, DivergenceStatistics, Estimate, TokenDifferences } from '../../../src/shared/difference-api';

const PERCENTS = [99.9, 99, 95, 90, 75, 50, 25, 10, 5, 1, 0.1];

/** The block of llama.cpp over the pairs that are given, by its formulas. */
export function statisticsOf({ a, b, kl, topK }: TokenDifferences, pairs: readonly number[]): DivergenceStatistics {
  const of = (values: ArrayLike<number>) => pairs.map((pair) => values[pair] ?? Number.NaN);
  const [lossA, lossB] = [of(a.logprob).map((value) => -value), of(b.logprob).map((value) => -value)];
  const logRatio = estimate(lossB.map((loss, i) => loss - (lossA[i] ?? 0)));
  const [perplexityA, perplexityB] = [Math.exp(mean(lossA)), Math.exp(mean(lossB))];
  const ratio = Math.exp(logRatio.value);
  const change = pairs.map((pair) => Math.exp(b.logprob[pair] ?? 0) - Math.exp(a.logprob[pair] ?? 0));
  const squares = estimate(change.map((value) => value ** 2));
  const rms = Math.sqrt(squares.value);
  return {
    tokens: pairs.length,
    perplexityA,
    perplexityB,
    correlation: covariance(lossA, lossB) / Math.sqrt(covariance(lossA, lossA) * covariance(lossB, lossB)),
    logRatio,
    ratio: { value: ratio, error: ratio * logRatio.error },
    difference: { value: perplexityB - perplexityA, error: perplexityB * logRatio.error },
    kl: distributed(of(kl)),
    probabilityChange: distributed(change),
    rootMeanSquareChange: { value: rms, error: squares.error / (2 * rms) },
    sameTop: estimate(pairs.map((pair) => Number(a.topIds[pair * topK] === b.topIds[pair * topK]))),
  };
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

function covariance(one: readonly number[], other: readonly number[]): number {
  return mean(one.map((value, i) => value * (other[i] ?? 0))) - mean(one) * mean(other);
}

const estimate = (values: readonly number[]): Estimate => ({
  value: mean(values),
  error: Math.sqrt(covariance(values, values) / Math.max(1, values.length - 1)),
});

function distributed(values: readonly number[]): Distributed {
  const sorted = [...values].sort((one, other) => one - other);
  const at = (percent: number) => {
    const place = (percent / 100) * (sorted.length - 1);
    const [low, high] = [sorted[Math.floor(place)] ?? 0, sorted[Math.ceil(place)] ?? 0];
    return low + (place - Math.floor(place)) * (high - low);
  };
  return {
    mean: estimate(values),
    minimum: sorted[0] ?? Number.NaN,
    maximum: sorted.at(-1) ?? Number.NaN,
    percentiles: PERCENTS.map((percent) => ({ percent, value: at(percent) })),
  };
}
