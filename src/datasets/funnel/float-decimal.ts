/** Digits that tell every float32 from all others. */
const MOST_DIGITS = 9;

/** The number of the fewest digits that is this float32: 0.3 where it is kept as 0.30000001192092896. */
export function floatDecimal(value: number): number {
  for (let digits = 1; digits < MOST_DIGITS; digits++) {
    const decimal = Number(value.toPrecision(digits));
    if (Math.fround(decimal) === value) return decimal;
  }
  return value;
}
