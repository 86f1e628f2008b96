/**
 * The alphabet in which byte-level vocabularies are written: every byte as one printable character
 * (`bytes_to_unicode` in openai/gpt-2, src/encoder.py). Printable bytes of Latin-1 are themselves, the others
 * follow from U+0100 on.
 */
const BYTE_OF = byteOfCharacter();

/**
 * Writes the bytes that `text[start, end)` stands for into `bytes` at `offset`.
 *
 * @returns how many, or -1 if a character stands for none
 */
export function decodeByteText(text: string, start: number, end: number, bytes: Uint8Array, offset: number): number {
  for (let at = start; at < end; at++) {
    const byte = BYTE_OF[text.charCodeAt(at)] ?? -1;
    if (byte < 0) return -1;
    bytes[offset + at - start] = byte;
  }
  return end - start;
}

/** Int16Array // [0x144], -1 for what stands for no byte */
function byteOfCharacter(): Int16Array {
  const bytes = new Int16Array(0x144).fill(-1);
  let other = 0x100;
  for (let byte = 0; byte < 256; byte++) {
    const printable = (byte > 0x20 && byte < 0x7f) || (byte > 0xa0 && byte !== 0xad);
    bytes[printable ? byte : other++] = byte;
  }
  return bytes;
}
