import type { DocumentText } from '../text/document-text';
import type { Ranges } from '../text/ranges';
import { Scratch } from '../text/scratch';

/** Parts of a text that have stood there before. */
export interface Repeats {
  parts: Ranges;
  isRepeat(index: number): boolean;
  count: number;
  /** Of those that have stood there before, in code points. */
  points: number;
}

const sieve = new Scratch(Uint8Array);
const places = new Scratch(Int32Array);

/**
 * Most parts stand in a text once, and a few of their characters tell so: only those of which another has the same few are cut out
 * and compared.
 */
export function repeatsOf(document: DocumentText, parts: Ranges): Repeats {
  const { text, units } = document;
  const bits = 32 - Math.clz32(8 * parts.count);
  const met = sieve.zeros(1 << bits);
  const placeOf = places.room(parts.count);
  for (let i = 0; i < parts.count; i++) {
    const place = fewUnitsHash(units, parts.start(i), parts.end(i)) >>> (32 - bits);
    placeOf[i] = place;
    met[place] = Math.min(2, (met[place] as number) + 1);
  }
  const seen = new Set<string>();
  const repeats = new Set<number>();
  let points = 0;
  for (let i = 0; i < parts.count; i++) {
    if (met[placeOf[i] as number] === 1) continue;
    const [start, end] = [parts.start(i), parts.end(i)];
    const part = text.slice(start, end);
    if (seen.has(part)) {
      repeats.add(i);
      points += document.points(start, end);
    } else seen.add(part);
  }
  return { parts, isRepeat: (index) => repeats.has(index), count: repeats.size, points };
}

/** Of the length of a part, and its units at the beginning, the end and between; the upper bits are the best. */
function fewUnitsHash(units: Uint16Array, start: number, end: number): number {
  const length = end - start;
  if (length === 0) return 0;
  let hash = length;
  for (let quarter = 0; quarter < 4; quarter++) {
    hash = Math.imul(hash ^ (units[start + ((length * quarter) >>> 2)] as number), 0x9e3779b1);
  }
  return Math.imul(hash ^ (units[end - 1] as number), 0x9e3779b1);
}
