import { SPACE_MARK } from './space-mark';

export const SPACE_MARK_UTF8 = new TextEncoder().encode(SPACE_MARK);
const BLANK = 0x20;

/** Bytes with a space for every `▁`. */
export function spacesFor(bytes: Uint8Array): Uint8Array {
  const [first, second, third] = SPACE_MARK_UTF8;
  const spaced: number[] = [];
  for (let i = 0; i < bytes.length; i++) {
    const isMark = bytes[i] === first && bytes[i + 1] === second && bytes[i + 2] === third;
    spaced.push(isMark ? BLANK : (bytes[i] ?? 0));
    if (isMark) i += 2;
  }
  return Uint8Array.from(spaced);
}
