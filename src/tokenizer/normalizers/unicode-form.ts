import { classOf, codePointAt, MARK, unitsOf } from '../unicode/character-class';
import { unitsOfText } from '../unicode/utf8';
import type { Edit, Normalizer } from './traced-text';

export type Form = 'NFC' | 'NFD' | 'NFKC' | 'NFKD';

/**
 * Marks, compositions and compatibility characters that came after the Unicode by which native tokenizers normalise (of
 * all characters, those in which it differs from Unicode 17). To them these are like any letter, so they are left alone.
 */
const LATER =
  '\\u{7fd}\\u{897}-\\u{89f}\\u{8ca}-\\u{8d3}\\u{9fe}\\u{c3c}\\u{d3b}-\\u{d3c}\\u{eba}\\u{1715}' +
  '\\u{1abf}-\\u{1add}\\u{1ae0}-\\u{1aeb}\\u{1df6}-\\u{1dfa}\\u{a82c}\\u{105c0}-\\u{105ff}' +
  '\\u{10d24}-\\u{10d27}\\u{10d69}-\\u{10d6d}\\u{10eab}-\\u{10eac}\\u{10efa}-\\u{10eff}' +
  '\\u{10f46}-\\u{10f50}\\u{10f82}-\\u{10f85}\\u{11070}\\u{1133b}\\u{11380}-\\u{113ff}\\u{1145e}' +
  '\\u{11839}-\\u{1183a}\\u{11930}-\\u{11943}\\u{119e0}\\u{11a34}\\u{11a47}\\u{11a99}' +
  '\\u{11d42}-\\u{11d45}\\u{11d97}\\u{11f41}-\\u{11f42}\\u{16100}-\\u{1613f}\\u{16d40}-\\u{16d7f}' +
  '\\u{16ff0}-\\u{16ff1}\\u{1e08f}\\u{1e130}-\\u{1e136}\\u{1e2ae}\\u{1e2ec}-\\u{1e2ef}' +
  '\\u{1e4ec}-\\u{1e4ef}\\u{1e5ee}-\\u{1e5ef}\\u{1e6e3}-\\u{1e6f5}' +
  '\\u{32ff}\\u{a7f1}-\\u{a7f4}\\u{ab69}\\u{10781}-\\u{107ba}\\u{1ccd6}-\\u{1ccf9}\\u{1e030}-\\u{1e06d}\\u{1f16c}' +
  '\\u{1fbf0}-\\u{1fbf9}';
const KNOWN = new RegExp(`[^${LATER}]+`, 'gu');

/**
 * Brings a text into a normalisation form. That changes it only inside clusters: a character with what follows it and
 * may become one with it.
 */
export function unicodeForm(form: Form): Normalizer {
  const normal = (text: string) => text.replace(KNOWN, (part) => part.normalize(form));
  return (text) => {
    if (text.normalize(form) === text) return [];
    const edits: Edit[] = [];
    const units = unitsOfText(text);
    for (let start = 0, end = 0; start < text.length; start = end) {
      end = clusterEnd(units, start);
      // A character of ASCII by itself is the same in every form.
      if (end === start + 1 && (units[start] ?? 0) < 0x80) continue;
      const changed = normal(text.slice(start, end));
      if (changed !== text.slice(start, end)) edits.push({ start, end, text: changed });
    }
    return edits;
  };
}

/** Where the character that starts at `at` ends, with what follows it and joins it. */
function clusterEnd(units: Uint16Array, at: number): number {
  let next = at + unitsOf(codePointAt(units, at, units.length));
  while (next < units.length) {
    const point = codePointAt(units, next, units.length);
    if (!joins(point) && !COMPATIBLE.has(point)) break;
    next += unitsOf(point);
  }
  return next;
}

/** Whether it is a mark, or a vowel or final consonant that Hangul syllables are composed of. */
function joins(point: number): boolean {
  return (classOf(point) & MARK) !== 0 || (point >= 0x1160 && point <= 0x11ff);
}

/** Those that NFKC and NFKD make of it, among compatibility jamo and halfwidth characters. */
const COMPATIBLE: ReadonlySet<number> = new Set(
  [...between(0x3131, 0x318e), ...between(0xff9e, 0xffdc)].filter((point) =>
    joins(String.fromCodePoint(point).normalize('NFKD').codePointAt(0) ?? 0),
  ),
);

function between(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}
