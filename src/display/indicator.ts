import { formatDecimal, spokenDigits } from './numbers';

/** Rows of a matrix that differ by rounding alone are at no distance. */
const LEAST = 0.001;

/** An indicator of undertrained tokens: `0.27`, `<0.001`. */
export function formatIndicator(value: number): string {
  return value < LEAST ? spokenDigits(`<${LEAST}`) : formatDecimal(value);
}
