const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const VALUES = valueOfCharacter();

/**
 * Decodes `text[start, end)`, with or without padding, into `bytes` at `offset`.
 *
 * @returns how many bytes were written
 */
export function decodeBase64(text: string, start: number, end: number, bytes: Uint8Array, offset: number): number {
  let bits = 0;
  let pending = 0;
  let length = 0;
  for (let at = start; at < end; at++) {
    const value = VALUES[text.charCodeAt(at)] ?? -1;
    if (value < 0) break;
    bits = (bits << 6) | value;
    pending += 6;
    if (pending < 8) continue;
    pending -= 8;
    bytes[offset + length++] = (bits >> pending) & 0xff;
  }
  return length;
}

/** Int8Array // [128], -1 for what is none of the alphabet (the padding too) */
function valueOfCharacter(): Int8Array {
  const values = new Int8Array(128).fill(-1);
  for (let value = 0; value < ALPHABET.length; value++) values[ALPHABET.charCodeAt(value)] = value;
  return values;
}
