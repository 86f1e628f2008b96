import type { Alphabet } from '../bpe/alphabet';
import type { Symbols } from '../bpe/symbols';
import type { TokenTable } from '../bpe/token-table';
import { pushUnknown, type UnknownToken } from '../bpe/unknown';
import { codePointAt, unitsOf } from '../unicode/character-class';
import { decodeUtf8, encodeUtf8, utf8Length, utf8LengthOf } from '../unicode/utf8';
import { SPACE_MARK } from './space-mark';
import { SPACE_MARK_UTF8, spacesFor } from './spaces';

const BLANK = 0x20;

/** UTF-16 units of a piece that may be a token as a whole. */
const LONGEST_WHOLE = 1024;

export interface SentencePieceOptions {
  /** Whether a space of the text is `▁`. */
  marksSpaces: boolean;
  /** Whether `▁` in a token stands for a space. */
  readsMarks: boolean;
  /** Whether a piece that is a token is that token, whatever its merges would make of it (`ignore_merges`). */
  wholePieces: boolean;
  /** The token of each byte, -1 where there is none: Int32Array // [256]; undefined where there is no byte fallback. */
  bytes: Int32Array | undefined;
  unknown: UnknownToken;
}

/**
 * Symbols are the characters of the text, with `▁` for the space. A character that is no token becomes its bytes
 * (byte fallback), or where those are no tokens either, the unknown token.
 */
export class SentencePieceAlphabet implements Alphabet {
  private readonly bytes = new Uint8Array(4);
  private readonly spaceMark: number;
  private readonly byteTokens: Int32Array;
  private readonly byteOfToken = new Map<number, number>();

  constructor(
    private readonly table: TokenTable,
    private readonly options: SentencePieceOptions,
  ) {
    this.spaceMark = table.find(SPACE_MARK_UTF8, 0, SPACE_MARK_UTF8.length);
    this.byteTokens = options.bytes ?? new Int32Array(256).fill(-1);
    for (const [byte, token] of this.byteTokens.entries()) this.byteOfToken.set(token, byte);
  }

  wholeToken(): number {
    return -1;
  }

  symbolsOf(units: Uint16Array, start: number, end: number, prefix: boolean, symbols: Symbols): void {
    symbols.clear(3 * (end - start) + 1);
    if (this.options.wholePieces && this.pushWhole(units, start, end, prefix, symbols)) return;
    if (prefix && this.spaceMark >= 0) symbols.push(this.spaceMark, 0, 0);
    let offset = 0;
    for (let at = start; at < end; ) {
      const point = codePointAt(units, at, end);
      const next = at + unitsOf(point);
      const length = utf8Length(point);
      if (point === BLANK && this.options.marksSpaces && this.spaceMark >= 0)
        symbols.push(this.spaceMark, offset, offset + length);
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
    if (byte !== undefined) return Uint8Array.of(byte);
    return this.options.readsMarks ? spacesFor(this.table.bytesOf(id)) : this.table.bytesOf(id);
  }

  private pushCharacter(units: Uint16Array, at: number, next: number, offset: number, symbols: Symbols): void {
    const length = encodeUtf8(units, at, next, this.bytes);
    const token = this.table.find(this.bytes, 0, length);
    if (token >= 0) {
      symbols.push(token, offset, offset + length);
    } else if (this.hasBytes(length)) {
      for (let i = 0; i < length; i++)
        symbols.push(this.byteTokens[this.bytes[i] ?? 0] ?? -1, offset + i, offset + i + 1);
    } else {
      pushUnknown(symbols, this.options.unknown, offset, offset + length);
    }
  }

  /** Whether each of the first `length` bytes of `bytes` has a token. */
  private hasBytes(length: number): boolean {
    for (let i = 0; i < length; i++) if ((this.byteTokens[this.bytes[i] ?? 0] ?? -1) < 0) return false;
    return true;
  }

  /** Pushes the token that the whole piece is, if it is one. */
  private pushWhole(units: Uint16Array, start: number, end: number, prefix: boolean, symbols: Symbols): boolean {
    const text = String.fromCharCode(...units.subarray(start, Math.min(end, start + LONGEST_WHOLE)));
    const marked = this.options.marksSpaces ? text.replaceAll(' ', SPACE_MARK) : text;
    const bytes = new TextEncoder().encode(prefix ? SPACE_MARK + marked : marked);
    const whole = end - start <= LONGEST_WHOLE ? this.table.find(bytes, 0, bytes.length) : -1;
    if (whole < 0) return false;
    symbols.byteLength = utf8LengthOf(units, start, end);
    symbols.push(whole, 0, symbols.byteLength);
    return true;
  }
}
