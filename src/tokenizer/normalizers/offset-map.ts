import type { Span } from '../../shared/tokens';
import { codePointAt, unitsOf } from '../unicode/character-class';
import { unitsOfText, utf8Length, utf8LengthOf } from '../unicode/utf8';
import type { TracedText } from './traced-text';

/**
 * For each offset after normalising, the offset before it: of what starts there, and of what ends there. They differ
 * inside what was changed, and where something was taken away.
 */
export class OffsetMap {
  private readonly starts: Uint32Array;
  private readonly ends: Uint32Array;
  private readonly byteStarts: Uint32Array;
  private readonly byteEnds: Uint32Array;
  /** UTF-16 ranges of the text of which nothing is left. */
  private readonly gaps: Span[] = [];

  /**
   * @param text before normalising
   * @param units after it
   * @param parts of the text, with where each starts in it
   */
  constructor(text: string, units: Uint16Array, parts: readonly { traced: TracedText; start: number }[]) {
    this.starts = new Uint32Array(units.length + 1);
    this.ends = new Uint32Array(units.length + 1);
    let at = 0;
    for (const { traced, start } of parts) {
      for (let unit = 0; unit < traced.text.length; unit++, at++) {
        this.starts[at] = start + traced.startOf(unit);
        this.ends[at + 1] = start + traced.endOf(unit);
      }
    }
    this.starts[at] = text.length;
    for (let unit = 0; unit <= at; unit++) {
      const gap = { start: this.ends[unit] ?? 0, end: this.starts[unit] ?? 0 };
      if (gap.end > gap.start) this.gaps.push(gap);
    }
    const length = utf8LengthOf(units, 0, units.length);
    this.byteStarts = new Uint32Array(length + 1);
    this.byteEnds = new Uint32Array(length + 1);
    this.fillBytes(text, units, bytesOfUnits(text));
  }

  startOf(unit: number): number {
    return this.starts[unit] ?? 0;
  }

  endOf(unit: number): number {
    return this.ends[unit] ?? 0;
  }

  byteStartOf(byte: number): number {
    return this.byteStarts[byte] ?? 0;
  }

  byteEndOf(byte: number): number {
    return this.byteEnds[byte] ?? 0;
  }

  /** The ranges of which nothing is left between two offsets, where a text can be cut; counted from `base`. */
  gapsBetween(unit: number, endUnit: number, base: number): Span[] {
    const end = this.startOf(endUnit);
    return this.gaps
      .filter((gap) => gap.start >= this.endOf(unit) && gap.end <= end)
      .map((gap) => ({ start: gap.start - base, end: gap.end - base }));
  }

  private fillBytes(text: string, units: Uint16Array, bytes: Uint32Array): void {
    let byte = 0;
    for (let unit = 0; unit < units.length; ) {
      const point = codePointAt(units, unit, units.length);
      const next = unit + unitsOf(point);
      const [start, end] = [this.startOf(unit), this.endOf(next)];
      const isSame = end - start === next - unit && text.codePointAt(start) === point;
      const [from, upTo] = [bytes[start] ?? 0, bytes[end] ?? 0];
      const size = utf8Length(point);
      for (let i = 0; i < size; i++) {
        this.byteStarts[byte + i] = isSame ? from + i : from;
        this.byteEnds[byte + i + 1] = isSame ? from + i + 1 : upTo;
      }
      byte += size;
      unit = next;
    }
    this.byteStarts[byte] = bytes[text.length] ?? 0;
  }
}

/** At which byte of the text's UTF-8 encoding each unit's character starts, and where the text ends: // [units + 1] */
function bytesOfUnits(text: string): Uint32Array {
  const units = unitsOfText(text);
  const bytes = new Uint32Array(units.length + 1);
  let byte = 0;
  for (let unit = 0; unit < units.length; ) {
    const point = codePointAt(units, unit, units.length);
    const next = unit + unitsOf(point);
    bytes.fill(byte, unit, next);
    byte += utf8Length(point);
    unit = next;
  }
  bytes[units.length] = byte;
  return bytes;
}
