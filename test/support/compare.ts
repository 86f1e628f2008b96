/** The largest difference between two lists of numbers of the same length; positions where both are NaN or null are equal. */
export function largestDifference(actual: ArrayLike<number>, expected: ArrayLike<number | null>): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  let largest = 0;
  for (let i = 0; i < actual.length; i++) {
    const a = actual[i] as number;
    const e = expected[i] ?? Number.NaN;
    if (Number.isNaN(a) && Number.isNaN(e)) continue;
    const difference = Math.abs(a - e);
    // A NaN on one side only is as different as can be.
    largest = Math.max(largest, Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference);
  }
  return largest;
}

/** The root of the mean square of the differences between two lists of numbers of the same length. */
export function meanDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  let sum = 0;
  for (let i = 0; i < actual.length; i++) sum += ((actual[i] as number) - (expected[i] as number)) ** 2;
  return Math.sqrt(sum / actual.length);
}
