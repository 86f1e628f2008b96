import { spokenDigits } from './numbers';

const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'];

/** A number of bytes for people, in powers of 1000: `540 MB`, `1.2 GB`. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  // 999.5 would be printed as 1000.
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  // One decimal where it says something: 1.2 GB, but 12 GB and 3 bytes.
  const digits = unit > 0 && value < 9.95 ? 1 : 0;
  return `${spokenDigits(value.toFixed(digits))} ${UNITS[unit]}`;
}
