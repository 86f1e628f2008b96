import type { Run } from './span-sums';

/** So many neighbours of all, with the one chosen in their middle where there is room. */
export function windowAround(count: number, chosen: number, fits: number): Run {
  if (count <= fits) return { from: 0, to: count };
  const from = Math.min(count - fits, Math.max(0, chosen - Math.floor(fits / 2)));
  return { from, to: from + fits };
}

/** The largest value of each of so many bins of equal length; NaN counts as none. */
export function largestInBins(values: readonly number[], bins: number): number[] {
  const largest = new Array<number>(Math.min(bins, values.length)).fill(0);
  for (const [i, value] of values.entries()) {
    const bin = Math.floor((i * largest.length) / values.length);
    if (value > (largest[bin] ?? 0)) largest[bin] = value;
  }
  return largest;
}

/** The index of the largest value of a bin. */
export function largestOfBin(values: readonly number[], bins: number, bin: number): number {
  const first = Math.ceil((bin * values.length) / bins);
  const end = Math.max(first + 1, Math.ceil(((bin + 1) * values.length) / bins));
  let best = Math.min(first, values.length - 1);
  for (let i = first; i < Math.min(end, values.length); i++) if ((values[i] ?? 0) > (values[best] ?? 0)) best = i;
  return best;
}
