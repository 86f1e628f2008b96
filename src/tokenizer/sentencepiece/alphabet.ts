import type { Symbols } from '../bpe/symbols';
import type { TokenTable } from '../bpe/token-table';
import { codePointAt, unitsOf } from '../unicode/character-class';
import { decodeUtf8, encodeUtf8, utf8Length } from '../unicode/utf8';
import type { Alphabet } from '../vocabulary';

/** `▁`, which SentencePiece writes for a space. */
export const SPACE_MARK = '\u2581';
const SPACE_MARK_UTF8 = new TextEncoder().encode(SPACE_MARK);
const BLANK = 0x20;

/**
 * Symbols are the characters of the text, with `▁` for the space. A character that is no token becomes its bytes
 * (byte fallback), or where those are no tokens either, the unknown token.
 */
export class SentencePieceAlphabet implements Alphabet {
  private readonly bytes = new Uint8Array(4);
  private readonly spaceMark: number;
  private readonly byteOfToken = new Map<number, number>();

  /**
   * @param prefixesSpace `add_space_prefix`: whether a text begins with a space that is not in it
   * @param byteTokens the token of each byte, -1 where there is none: Int32Array // [256]
   * @param unknown the token of what nothing else can hold, -1 where there is none
   */
  constructor(
    private readonly table: TokenTable,
    readonly prefixesSpace: boolean,
    private readonly byteTokens: Int32Array,
    private readonly unknown: number,
  ) {
    this.spaceMark = table.find(SPACE_MARK_UTF8, 0, SPACE_MARK_UTF8.length);
    for (const [byte, token] of byteTokens.entries()) this.byteOfToken.set(token, byte);
  }

  wholeToken(): number {
    return -1;
  }

  symbolsOf(units: Uint16Array, start: number, end: number, prefix: boolean, symbols: Symbols): void {
    symbols.clear(3 * (end - start) + 1);
    if (prefix && this.spaceMark >= 0) symbols.push(this.spaceMark, 0, 0);
    let offset = 0;
    for (let at = start; at < end; ) {
      const point = codePointAt(units, at, end);
      const next = at + unitsOf(point);
      const length = utf8Length(point);
      if (point === BLANK && this.spaceMark >= 0) symbols.push(this.spaceMark, offset, offset + length);
      else this.pushCharacter(units, at, next, offset, symbols);
      at = next;
      offset += length;
    }
    symbols.byteLength = offset;
  }

  symbolsOfToken(id: number): number[] {
    if (this.byteOfToken.has(id)) return [id];
    return Array.from(decodeUtf8(this.table.bytesOf(id)), (character) => {
      const bytes = new TextEncoder().encode(character);
      return this.table.find(bytes, 0, bytes.length);
    });
  }

  bytesOf(id: number): Uint8Array {
    const byte = this.byteOfToken.get(id);
    return byte === undefined ? spacesFor(this.table.bytesOf(id)) : Uint8Array.of(byte);
  }

  private pushCharacter(units: Uint16Array, at: number, next: number, offset: number, symbols: Symbols): void {
    const length = encodeUtf8(units, at, next, this.bytes);
    const token = this.table.find(this.bytes, 0, length);
    if (token >= 0) {
      symbols.push(token, offset, offset + length);
    } else if (this.byteTokens[this.bytes[0] ?? 0] !== -1) {
      for (let i = 0; i < length; i++)
        symbols.push(this.byteTokens[this.bytes[i] ?? 0] ?? -1, offset + i, offset + i + 1);
    } else if (this.unknown >= 0) {
      symbols.push(this.unknown, offset, offset + length);
    } else {
      for (let i = 0; i < length; i++) symbols.dropped.push(offset + i);
    }
  }
}

/** Bytes with a space for every `▁`. */
function spacesFor(bytes: Uint8Array): Uint8Array {
  const [first, second, third] = SPACE_MARK_UTF8;
  const spaced: number[] = [];
  for (let i = 0; i < bytes.length; i++) {
    const isMark = bytes[i] === first && bytes[i + 1] === second && bytes[i + 2] === third;
    spaced.push(isMark ? BLANK : (bytes[i] ?? 0));
    if (isMark) i += 2;
  }
  return Uint8Array.from(spaced);
}
