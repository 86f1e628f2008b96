import { spokenDigits } from '../../../../src/display/numbers';

/** Each with the seconds from which on it is used. */
const UNITS = [
  { unit: 'h', seconds: 3600, from: 7200 },
  { unit: 'min', seconds: 60, from: 120 },
  { unit: 's', seconds: 1, from: 1 },
  { unit: 'ms', seconds: 1e-3, from: 1e-3 },
  { unit: 'µs', seconds: 1e-6, from: 1e-6 },
  { unit: 'ns', seconds: 1e-9, from: 0 },
];

/** A time, however short or long: `120 ns`, `8.1 µs`, `43 ms`, `1.2 s`, `4.4 min`. */
export function timeText(time: number): string {
  const { unit, seconds } = UNITS.find(({ from }) => time >= from) ?? { unit: 's', seconds: 1 };
  const value = time / seconds;
  return `${spokenDigits(value < 9.95 ? value.toPrecision(2) : value.toFixed(0))} ${unit}`;
}
