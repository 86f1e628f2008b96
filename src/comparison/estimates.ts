import type { Distributed, Estimate } from '../shared/difference-api';

/** Under so many values, an error would say little. */
const FEWEST = 11;

/** A mean and its standard error, √(variance / (n − 1)). */
export function meanOf(values: Float64Array): Estimate {
  const value = values.reduce((sum, each) => sum + each, 0) / values.length;
  return { value, error: Math.sqrt(covarianceOfMeans(values, values)) };
}

/** Of the means of two rows of values; of one row with itself, the square of its error. */
export function covarianceOfMeans(a: Float64Array, b: Float64Array): number {
  const count = a.length;
  if (count < FEWEST) return Number.NaN;
  const [meanA, meanB] = [a, b].map((values) => values.reduce((sum, each) => sum + each, 0) / count) as [
    number,
    number,
  ];
  let sum = 0;
  for (let i = 0; i < count; i++) sum += ((a[i] as number) - meanA) * ((b[i] as number) - meanB);
  return sum / count / (count - 1);
}

export function distributed(values: Float64Array, percents: readonly number[]): Distributed {
  const sorted = values.toSorted();
  return {
    mean: meanOf(values),
    maximum: sorted.at(-1) ?? Number.NaN,
    minimum: sorted[0] ?? Number.NaN,
    percentiles: percents.map((percent) => ({ percent, value: percentileOf(sorted, percent) })),
  };
}

/** Linear between the two values that it falls between. */
function percentileOf(sorted: Float64Array, percent: number): number {
  const place = (percent / 100) * (sorted.length - 1);
  const below = Math.floor(place);
  const [low = Number.NaN, high = low] = sorted.subarray(below, below + 2);
  return low + (place - below) * (high - low);
}
