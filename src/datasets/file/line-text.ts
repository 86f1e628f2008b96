import { sentence } from '../../shared/errors';
import { type Problem, problem } from './problem';

/** Lines over this are shown by their beginning and not read: nobody's conversation is so long, and a person would wait. */
export const LINE_LIMIT_BYTES = 8_000_000;

const BYTE_ORDER_MARK = '\uFEFF';

/** A line as a text, or as much of it as can be shown, and why that is not all. */
export interface LineText {
  text: string;
  problem: Problem | undefined;
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();
const lenient = new TextDecoder('utf-8', { ignoreBOM: true });

/** Of a row that is too long to be read, what is shown. */
export const BEGINNING_BYTES = 2000;

/**
 * @param bytes of the line with its line break, or its beginning
 * @param length of the whole line, in bytes
 * @param isFirst whether a byte order mark may stand before it
 */
export function lineText(bytes: Uint8Array, length: number, isFirst: boolean): LineText {
  const read = textOf(bytes, length);
  return { ...read, text: cleaned(read.text, isFirst) };
}

/** @param length of the whole text, of which the bytes may be the beginning */
export function textOf(bytes: Uint8Array, length: number): LineText {
  if (length > bytes.length) {
    const why = sentence`This row has ${{ bytes: length }}, and rows of more than ${{ bytes: LINE_LIMIT_BYTES }} are not read. Split it.`;
    return { text: lenient.decode(bytes), problem: problem('too_long', why) };
  }
  try {
    return { text: strict.decode(bytes), problem: undefined };
  } catch {
    const text = lenient.decode(bytes);
    const why = sentence`Some bytes of this row are not UTF-8: the first is byte ${firstReplaced(bytes, text) + 1} of it. Save the file as UTF-8.`;
    return { text, problem: problem('not_utf8', why) };
  }
}

/** Where the first byte is that is no character. @param text what is read of the bytes, with U+FFFD for it */
function firstReplaced(bytes: Uint8Array, text: string): number {
  const read = encoder.encode(text);
  return bytes.findIndex((byte, i) => byte !== read[i]);
}

/** Without its line break, and without the mark that says of a file that it is UTF-8. */
function cleaned(line: string, isFirst: boolean): string {
  const text = line.replace(/\r?\n$/, '');
  return isFirst && text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
}
