import { spokenDigits } from './numbers';

const PREFIXES = ['', 'k', 'M', 'G', 'T', 'P', 'E', 'Z', 'Y'];
const DIGITS = 3;

/** Three digits with a prefix of the SI: `135 M`, `35.6 GFLOP`, `46.1 kB`. @param value not negative */
export function formatSi(value: number, unit = ''): string {
  let scaled = value;
  let prefix = 0;
  // 999.5 would be printed as 1000.
  while (scaled >= 999.5 && prefix < PREFIXES.length - 1) {
    scaled /= 1000;
    prefix += 1;
  }
  const isWhole = prefix === 0 && Number.isInteger(scaled);
  const digits = spokenDigits(isWhole ? `${scaled}` : `${Number(scaled.toPrecision(DIGITS))}`);
  return `${digits} ${PREFIXES[prefix]}${unit}`.trimEnd();
}
