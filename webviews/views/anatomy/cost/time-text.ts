import { formatCount, formatRatio, spokenDigits } from '../../../../src/display/numbers';
import { t } from '../../../l10n';

/** Each with the seconds from which on it is used. */
const UNITS = [
  { unit: () => t('years'), seconds: 31_557_600, from: 2 * 31_557_600 },
  { unit: () => t('days'), seconds: 86_400, from: 2 * 86_400 },
  { unit: () => 'h', seconds: 3600, from: 7200 },
  { unit: () => 'min', seconds: 60, from: 120 },
  { unit: () => 's', seconds: 1, from: 1 },
  { unit: () => 'ms', seconds: 1e-3, from: 1e-3 },
  { unit: () => 'µs', seconds: 1e-6, from: 1e-6 },
  { unit: () => 'ns', seconds: 1e-9, from: 0 },
];

/** From so many of the longest unit on, only two digits mean anything. */
const LONG = 1e4;

/** A time, however short or long: `120 ns`, `8.1 µs`, `43 ms`, `1.2 s`, `4.4 min`, `48,000 years`. */
export function timeText(time: number): string {
  const { unit, seconds } = UNITS.find(({ from }) => time >= from) ?? { unit: () => 's', seconds: 1 };
  return `${digitsOf(time / seconds)} ${unit()}`;
}

function digitsOf(value: number): string {
  if (value >= LONG) return formatRatio(Math.log(value));
  return value < 9.95 ? spokenDigits(value.toPrecision(2)) : formatCount(value);
}
