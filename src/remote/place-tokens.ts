import type { Tokenization } from '../shared/tokens';
import { charactersOf } from '../tokenizer/character-spans';
import { unitsOfText } from '../tokenizer/unicode/utf8';
import { decodeByteText } from '../tokenizer/vocabularies/byte-text';

/**
 * Where tokens that a server has made stand in a text: by their bytes, which have to be those of the text.
 *
 * @param names of the tokens, as vocabularies of bytes write them, or those of SentencePiece
 * @returns undefined where the tokens of neither make up the text
 */
export function placed(text: string, ids: Uint32Array, names: readonly string[]): Tokenization | undefined {
  const whole = new TextEncoder().encode(text);
  for (const bytesOf of [bytesOfByteName, bytesOfPiece]) {
    const bytes = names.map(bytesOf);
    for (const leftOut of [0, 1]) {
      const ends = endsOf(bytes, leftOut, whole);
      if (ends)
        return { ids, ...ends, ...charactersOf(unitsOfText(text), ends.byteStarts, ends.byteEnds), dropped: [] };
    }
  }
  return undefined;
}

/** Undefined where the bytes, without the space that some vocabularies put before a text, are not those of the text. */
function endsOf(bytes: readonly (Uint8Array | undefined)[], leftOut: number, whole: Uint8Array) {
  const byteStarts = new Uint32Array(bytes.length);
  const byteEnds = new Uint32Array(bytes.length);
  let at = -leftOut;
  for (const [i, of] of bytes.entries()) {
    if (!of?.every((byte, k) => (at + k < 0 ? byte === BLANK : byte === whole[at + k]))) return undefined;
    byteStarts[i] = Math.max(0, at);
    at += of.length;
    byteEnds[i] = Math.max(0, at);
  }
  return at === whole.length ? { byteStarts, byteEnds } : undefined;
}

const BLANK = 0x20;

/** Undefined where a character stands for no byte. */
function bytesOfByteName(name: string): Uint8Array | undefined {
  const bytes = new Uint8Array(name.length);
  return decodeByteText(name, 0, name.length, bytes, 0) < 0 ? undefined : bytes;
}

function bytesOfPiece(name: string): Uint8Array {
  const byte = /^<0x([0-9A-F]{2})>$/.exec(name)?.[1];
  return byte ? Uint8Array.of(Number.parseInt(byte, 16)) : new TextEncoder().encode(name.replaceAll('▁', ' '));
}
