import { isUtf8 } from 'node:buffer';
import type { ParquetParsers } from 'hyparquet';

const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** How values are read that are written as JSON, so that nothing of them is lost: times with all of their digits, bytes in base64. */
export const JSON_PARSERS: Partial<ParquetParsers> = {
  timestampFromMicroseconds: (micros) => timeText(micros, 6),
  timestampFromNanoseconds: (nanos) => timeText(nanos, 9),
  dateFromDays: (days) => isoText(days * 86_400_000).replace(/T.*/, ''),
  // Columns of texts too have no other type where their writer was old.
  stringFromBytes: (bytes) => (isUtf8(bytes) ? textOf(bytes) : Buffer.from(bytes).toString('base64')),
  jsonFromBytes: textOf,
};

/** The same of a column whose type says that it has texts: what is no character in them is U+FFFD. */
export const TEXT_PARSERS: Partial<ParquetParsers> = { ...JSON_PARSERS, stringFromBytes: textOf };

/** ISO 8601. @param digits of a second in which the time is counted, from 1970 on */
function timeText(time: bigint, digits: number): string {
  const second = 10n ** BigInt(digits);
  const fraction = ((time % second) + second) % second;
  const text = isoText(Number(((time - fraction) / second) * 1000n));
  return text.replace(/\.\d+/, `.${fraction.toString().padStart(digits, '0')}`);
}

/** Empty of what is beyond the years that a time can have here. */
function isoText(milliseconds: number): string {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}
