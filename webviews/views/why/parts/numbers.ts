import { formatDecimal, spokenDigits } from '../../../../src/display/numbers';

/** Less than this is what rounding makes of any sum: nobody needs its digits. In nats. */
const LEAST = 0.001;

/** `+1.2`, `−0.36`, `0`, `<0.001` whatever its sign: what is for a token, and what is against it. */
export function formatSigned(value: number): string {
  if (value !== 0 && Math.abs(value) < LEAST) return spokenDigits(`<${LEAST}`);
  return `${value > 0 ? '+' : ''}${formatDecimal(value)}`;
}

/** `+1.2 nats`. */
export const formatSignedNats = (value: number): string => `${formatSigned(value)} nats`;

/** Where the strongest is less, a scale ends here all the same: what is next to nothing shall not look like much. In nats. */
const SHORTEST_END = 0.1;

export function scaleEndOf(values: Float32Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), SHORTEST_END);
}
