import { spokenDigits } from '../../../../src/display/numbers';

const UNITS = [
  { unit: 's', seconds: 1 },
  { unit: 'ms', seconds: 1e-3 },
  { unit: 'µs', seconds: 1e-6 },
];

/** A time, however short: `1.2 s`, `43 ms`, `8.1 µs`. */
export function timeText(seconds: number): string {
  const { unit, seconds: one } = UNITS.find((of) => seconds >= of.seconds) ?? { unit: 'µs', seconds: 1e-6 };
  const value = seconds / one;
  return `${spokenDigits(value < 9.95 ? value.toPrecision(2) : value.toFixed(0))} ${unit}`;
}
