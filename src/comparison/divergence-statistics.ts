import type { DivergenceStatistics, Estimate, TokenDifferences } from '../shared/difference-api';
import { covarianceOfMeans, distributed, meanOf } from './estimates';

/** What llama.cpp prints of KL, and of changes in probability, in its order. */
const KL_PERCENTS = [99.9, 99, 95, 90, 50, 10, 5, 1, 0.1];
const CHANGE_PERCENTS = [99.9, 99, 95, 90, 75, 50, 25, 10, 5, 1, 0.1];

/** Fewer tokens say little: llama.cpp prints nothing of them. */
export const ENOUGH_TOKENS = 100;

/**
 * The block of numbers that `llama-perplexity --kl-divergence` prints, of all pairs of tokens that are given: its formulas
 * (llama.cpp, tools/perplexity/perplexity.cpp, `kl_divergence`), in 64 bits. Its numbers come from chunks of a text, of which
 * `chunksAsLlamaCpp` says which, compared with `asLlamaCpp`.
 *
 * Errors are standard errors of means; NaN under 11 tokens, where llama.cpp writes 0.
 */
export function divergenceStatistics(parts: readonly TokenDifferences[]): DivergenceStatistics {
  const lossA = joined(parts, ({ a }) => a.logprob.map((logprob) => -logprob));
  const lossB = joined(parts, ({ b }) => b.logprob.map((logprob) => -logprob));
  const changes = lossA.map((loss, i) => Math.exp(-(lossB[i] as number)) - Math.exp(-loss));
  const [meanA, meanB] = [meanOf(lossA), meanOf(lossB)];
  const covariance = covarianceOfMeans(lossA, lossB);
  const logRatio = {
    value: meanB.value - meanA.value,
    error: errorOfDifference(meanA, meanB, covariance),
  };
  const [perplexityA, perplexityB] = [exponentialOf(meanA), exponentialOf(meanB)];
  return {
    tokens: lossA.length,
    perplexityA,
    perplexityB,
    correlation: covariance / (meanA.error * meanB.error),
    logRatio,
    ratio: exponentialOf(logRatio),
    difference: {
      value: perplexityB.value - perplexityA.value,
      error: errorOfDifference(perplexityA, perplexityB, perplexityA.value * perplexityB.value * covariance),
    },
    kl: distributed(
      joined(parts, ({ kl }) => kl),
      KL_PERCENTS,
    ),
    probabilityChange: distributed(changes, CHANGE_PERCENTS),
    rootMeanSquareChange: rootOf(meanOf(changes.map((change) => change * change))),
    sameTop: shareOf(
      parts.reduce((sum, part) => sum + sameTops(part), 0),
      lossA.length,
    ),
  };
}

/** Of e^x, of which the slope is e^x. */
function exponentialOf({ value, error }: Estimate): Estimate {
  const power = Math.exp(value);
  return { value: power, error: power * error };
}

function rootOf({ value, error }: Estimate): Estimate {
  const root = Math.sqrt(value);
  // Where all are 0, so is their error.
  return { value: root, error: root === 0 ? error : (0.5 / root) * error };
}

function errorOfDifference(a: Estimate, b: Estimate, covariance: number): number {
  // Of models that are the same, rounding may leave less than nothing.
  return Math.sqrt(Math.max(0, a.error ** 2 + b.error ** 2 - 2 * covariance));
}

const shareOf = (count: number, of: number): Estimate => {
  const value = count / of;
  return { value, error: Math.sqrt((value * (1 - value)) / (of - 1)) };
};

/** NaN where a model names no token. */
function sameTops({ a, b, topK, kl }: TokenDifferences): number {
  if (topK === 0) return Number.NaN;
  let count = 0;
  for (let pair = 0; pair < kl.length; pair++) if (a.topIds[pair * topK] === b.topIds[pair * topK]) count++;
  return count;
}

function joined(parts: readonly TokenDifferences[], valuesOf: (part: TokenDifferences) => Float64Array): Float64Array {
  const arrays = parts.map(valuesOf);
  const whole = new Float64Array(arrays.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const array of arrays) {
    whole.set(array, at);
    at += array.length;
  }
  return whole;
}
