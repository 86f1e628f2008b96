import { codePointAt, unitsOf } from './character-class';

/** The UTF-16 units of a text. */
export function unitsOfText(text: string): Uint16Array {
  const bytes = Buffer.from(text, 'utf16le');
  return new Uint16Array(bytes.buffer, bytes.byteOffset, text.length);
}

/** How many bytes the UTF-8 encoding of a code point takes. */
export function utf8Length(point: number): number {
  if (point < 0x80) return 1;
  if (point < 0x800) return 2;
  return point > 0xffff ? 4 : 3;
}

/** How many bytes the UTF-8 encoding of `units[start, end)` takes. */
export function utf8LengthOf(units: Uint16Array, start: number, end: number): number {
  let length = 0;
  for (let at = start; at < end; ) {
    const point = codePointAt(units, at, end);
    at += unitsOf(point);
    length += utf8Length(point);
  }
  return length;
}

/**
 * Writes the UTF-8 encoding of `units[start, end)`; a lone surrogate becomes U+FFFD.
 *
 * @param bytes where to, with room for three bytes a unit
 * @returns how many bytes were written
 */
export function encodeUtf8(units: Uint16Array, start: number, end: number, bytes: Uint8Array): number {
  let length = 0;
  for (let at = start; at < end; ) {
    let point = codePointAt(units, at, end);
    at += unitsOf(point);
    if (point < 0x80) {
      bytes[length++] = point;
      continue;
    }
    if ((point & 0xfffff800) === 0xd800) point = 0xfffd;
    if (point < 0x800) {
      bytes[length++] = 0xc0 | (point >> 6);
    } else {
      if (point > 0xffff) {
        bytes[length++] = 0xf0 | (point >> 18);
        bytes[length++] = 0x80 | ((point >> 12) & 0x3f);
      } else {
        bytes[length++] = 0xe0 | (point >> 12);
      }
      bytes[length++] = 0x80 | ((point >> 6) & 0x3f);
    }
    bytes[length++] = 0x80 | (point & 0x3f);
  }
  return length;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The text of bytes; U+FFFD stands for what is no character. */
export function decodeUtf8(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}
