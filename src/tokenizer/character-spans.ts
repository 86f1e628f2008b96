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
  const cursor = new CharacterCursor(units);
  for (let i = 0; i < byteStarts.length; i++) {
    const byteStart = byteStarts[i] ?? 0;
    const byteEnd = byteEnds[i] ?? 0;
    cursor.seek(byteStart);
    starts[i] = cursor.unit;
    if (byteEnd > byteStart) cursor.seek(byteEnd - 1);
    ends[i] = byteEnd > byteStart ? cursor.unitEnd : cursor.unit;
  }
  return { starts, ends };
}

/** Goes forward through the characters of a text by their bytes in its UTF-8 encoding. */
class CharacterCursor {
  /** Where the character at hand starts. */
  unit = 0;
  private byte = 0;

  constructor(private readonly units: Uint16Array) {}

  /** Where the character at hand ends. */
  get unitEnd(): number {
    return this.unit + unitsOf(codePointAt(this.units, this.unit, this.units.length));
  }

  /** Goes to the character that holds the byte `target`, or to the end of the text. */
  seek(target: number): void {
    const { units } = this;
    let { unit, byte } = this;
    // Back only inside what several tokens share.
    while (byte > target) {
      unit -= unit > 1 && codePointAt(units, unit - 2, unit) > 0xffff ? 2 : 1;
      byte -= utf8Length(codePointAt(units, unit, units.length));
    }
    while (byte < target && unit < units.length) {
      const point = codePointAt(units, unit, units.length);
      const length = utf8Length(point);
      if (byte + length > target) break;
      byte += length;
      unit += unitsOf(point);
    }
    this.unit = unit;
    this.byte = byte;
  }
}
