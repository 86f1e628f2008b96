import { codePointAt, unitsOf } from './unicode/character-class';
import { utf8Length } from './unicode/utf8';

/** The smallest cover of whole characters, in UTF-16 units, of each span of bytes; the spans are in order. */
export function charactersOf(
  units: Uint16Array,
  byteStarts: Uint16Array | Uint32Array,
  byteEnds: Uint16Array | Uint32Array,
): { starts: Uint32Array; ends: Uint32Array } {
  const starts = new Uint32Array(byteStarts.length);
  const ends = new Uint32Array(byteEnds.length);
  const unitOf = unitsOfBytes(units, byteEnds.at(-1) ?? 0);
  for (let i = 0; i < byteStarts.length; i++) {
    const byteStart = byteStarts[i] ?? 0;
    const byteEnd = byteEnds[i] ?? 0;
    starts[i] = unitOf[byteStart] ?? 0;
    ends[i] = byteEnd > byteStart ? characterEnd(units, unitOf[byteEnd - 1] ?? 0) : (starts[i] ?? 0);
  }
  return { starts, ends };
}

/** Where the character starts that holds each of the first bytes, and where the one after them does: Uint32Array // [bytes + 1] */
function unitsOfBytes(units: Uint16Array, bytes: number): Uint32Array {
  const unitOf = new Uint32Array(bytes + 1).fill(units.length);
  let unit = 0;
  for (let byte = 0; byte <= bytes && unit < units.length; ) {
    if ((units[unit] ?? 0) < 0x80) {
      unitOf[byte++] = unit++;
      continue;
    }
    const point = codePointAt(units, unit, units.length);
    const end = byte + utf8Length(point);
    while (byte < end) unitOf[byte++] = unit;
    unit += unitsOf(point);
  }
  return unitOf;
}

function characterEnd(units: Uint16Array, start: number): number {
  return start + unitsOf(codePointAt(units, start, units.length));
}
