import { languageOfNumbers, spokenDigits } from './numbers';

const PREFIXES = ['', 'k', 'M', 'G', 'T', 'P', 'E', 'Z', 'Y'];
/** Of weights and tokens English counts in billions. A Spanish billón is another number: the prefix stays. */
const ENGLISH_COUNTS = ['', 'k', 'M', 'B', 'T', 'P', 'E', 'Z', 'Y'];
const DIGITS = 3;

/**
 * Three digits with a prefix of the SI: `35.6 GFLOP`, `46.1 kB`. What has no unit is counted as its field counts: `3.85 B`.
 *
 * @param value not negative
 */
export function formatSi(value: number, unit = ''): string {
  const prefixes = unit === '' && languageOfNumbers() === 'en' ? ENGLISH_COUNTS : PREFIXES;
  let scaled = value;
  let prefix = 0;
  // 999.5 would be printed as 1000.
  while (scaled >= 999.5 && prefix < prefixes.length - 1) {
    scaled /= 1000;
    prefix += 1;
  }
  const isWhole = prefix === 0 && Number.isInteger(scaled);
  const digits = spokenDigits(isWhole ? `${scaled}` : `${Number(scaled.toPrecision(DIGITS))}`);
  return `${digits} ${prefixes[prefix]}${unit}`.trimEnd();
}
