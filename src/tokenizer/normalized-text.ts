import type { Tokenization } from '../shared/tokens';
import type { SourceText } from './source-text';
import { classOf, codePointAt, MARK, unitsOf } from './unicode/character-class';
import { unitsOfText, utf8LengthOf } from './unicode/utf8';

/** For each offset after normalising, the offset before it: of what starts there, and of what ends there. */
interface OffsetMap {
  starts: number[];
  ends: number[];
}

/**
 * A text in the normalisation form NFC, and the way back to the text that it came from.
 *
 * Normalising changes a text only inside clusters: a character with the marks and jamo that follow it. What covers a
 * part of a changed cluster covers all of it in the text; elsewhere offsets are only shifted.
 */
export class NormalizedText implements SourceText {
  readonly units: Uint16Array;
  /** Undefined where the text was in NFC already, as nearly all is. */
  private readonly maps: { units: OffsetMap; bytes: OffsetMap } | undefined;

  constructor(text: string) {
    const normal = nfc(text);
    this.units = unitsOfText(normal);
    if (normal !== text) this.maps = mapClusters(text);
  }

  offsetOf(unit: number): number {
    return this.maps ? (this.maps.units.starts[unit] ?? 0) : unit;
  }

  isBetween(unit: number): boolean {
    return !this.maps || this.maps.units.starts[unit] === this.maps.units.ends[unit];
  }

  restore(tokens: Tokenization, unit: number, byte: number): Tokenization {
    if (!this.maps) return tokens;
    const { units, bytes } = this.maps;
    const back = (offsets: Uint32Array, from: number, places: number[]) =>
      offsets.map((offset) => (places[from + offset] ?? 0) - (places[from] ?? 0));
    return {
      ids: tokens.ids,
      starts: back(tokens.starts, unit, units.starts),
      ends: back(tokens.ends, unit, units.ends),
      byteStarts: back(tokens.byteStarts, byte, bytes.starts),
      byteEnds: back(tokens.byteEnds, byte, bytes.ends),
      dropped: tokens.dropped.map(({ start, end }) => ({
        start: (units.starts[unit + start] ?? 0) - (units.starts[unit] ?? 0),
        end: (units.ends[unit + end] ?? 0) - (units.starts[unit] ?? 0),
      })),
    };
  }
}

/**
 * Marks and compositions that came after the Unicode by which native tokenizers normalise (of all characters, those in
 * which it differs from Unicode 17). To them these are like any letter, so they are left alone.
 */
const LATER =
  '\\u{7fd}\\u{897}-\\u{89f}\\u{8ca}-\\u{8d3}\\u{9fe}\\u{c3c}\\u{d3b}-\\u{d3c}\\u{eba}\\u{1715}' +
  '\\u{1abf}-\\u{1add}\\u{1ae0}-\\u{1aeb}\\u{1df6}-\\u{1dfa}\\u{a82c}\\u{105c0}-\\u{105ff}' +
  '\\u{10d24}-\\u{10d27}\\u{10d69}-\\u{10d6d}\\u{10eab}-\\u{10eac}\\u{10efa}-\\u{10eff}' +
  '\\u{10f46}-\\u{10f50}\\u{10f82}-\\u{10f85}\\u{11070}\\u{1133b}\\u{11380}-\\u{113ff}\\u{1145e}' +
  '\\u{11839}-\\u{1183a}\\u{11930}-\\u{11943}\\u{119e0}\\u{11a34}\\u{11a47}\\u{11a99}' +
  '\\u{11d42}-\\u{11d45}\\u{11d97}\\u{11f41}-\\u{11f42}\\u{16100}-\\u{1613f}\\u{16d40}-\\u{16d7f}' +
  '\\u{16ff0}-\\u{16ff1}\\u{1e08f}\\u{1e130}-\\u{1e136}\\u{1e2ae}\\u{1e2ec}-\\u{1e2ef}' +
  '\\u{1e4ec}-\\u{1e4ef}\\u{1e5ee}-\\u{1e5ef}\\u{1e6e3}-\\u{1e6f5}';
const KNOWN = new RegExp(`[^${LATER}]+`, 'gu');

function nfc(text: string): string {
  if (text.normalize('NFC') === text) return text;
  return text.replace(KNOWN, (part) => part.normalize('NFC'));
}

function mapClusters(text: string): { units: OffsetMap; bytes: OffsetMap } {
  const units: OffsetMap = { starts: [0], ends: [0] };
  const bytes: OffsetMap = { starts: [0], ends: [0] };
  const source = unitsOfText(text);
  for (let start = 0; start < source.length; ) {
    const end = clusterEnd(source, start);
    const cluster = text.slice(start, end);
    const normal = nfc(cluster);
    const changed = normal !== cluster;
    append(units, cluster.length, normal.length, changed);
    const normalUnits = unitsOfText(normal);
    append(bytes, utf8LengthOf(source, start, end), utf8LengthOf(normalUnits, 0, normalUnits.length), changed);
    start = end;
  }
  return { units, bytes };
}

/** Appends a cluster that was `length` long and is `normalLength` long. */
function append({ starts, ends }: OffsetMap, length: number, normalLength: number, changed: boolean): void {
  const start = starts.at(-1) ?? 0;
  for (let i = 1; i < normalLength; i++) {
    starts.push(changed ? start : start + i);
    ends.push(changed ? start + length : start + i);
  }
  starts.push(start + length);
  ends.push(start + length);
}

/** Where the character that starts at `at` ends, with the marks and jamo after it. */
function clusterEnd(units: Uint16Array, at: number): number {
  let next = at + unitsOf(codePointAt(units, at, units.length));
  while (next < units.length) {
    const point = codePointAt(units, next, units.length);
    if (!(classOf(point) & MARK) && !isJoiningJamo(point)) break;
    next += unitsOf(point);
  }
  return next;
}

/** The vowels and final consonants that Hangul syllables are composed of. */
function isJoiningJamo(point: number): boolean {
  return point >= 0x1160 && point <= 0x11ff;
}
