import { encodeUtf8 } from '../unicode/utf8';
import type { Alphabet } from './alphabet';
import type { Symbols } from './symbols';
import type { TokenTable } from './token-table';
import { NO_UNKNOWN, pushUnknown, type UnknownToken } from './unknown';

/** Symbols are the bytes of the text's UTF-8 encoding. A byte that is no token becomes the unknown one, or is dropped. */
export class ByteAlphabet implements Alphabet {
  /** The token of each byte, -1 where there is none: Int32Array // [256] */
  private readonly tokens = new Int32Array(256);
  private bytes = new Uint8Array(1024);

  /** @param wholePieces whether a piece that is a token is that token, whatever its merges would make of it (`ignore_merges`) */
  constructor(
    private readonly table: TokenTable,
    private readonly wholePieces: boolean,
    private readonly unknown: UnknownToken = NO_UNKNOWN,
  ) {
    for (let byte = 0; byte < 256; byte++) this.tokens[byte] = table.find(Uint8Array.of(byte), 0, 1);
  }

  wholeToken(units: Uint16Array, start: number, end: number): number {
    return this.wholePieces ? this.table.findAscii(units, start, end) : -1;
  }

  symbolsOf(units: Uint16Array, start: number, end: number, _prefix: boolean, symbols: Symbols): void {
    const most = 3 * (end - start);
    if (most > this.bytes.length) this.bytes = new Uint8Array(most);
    const length = encodeUtf8(units, start, end, this.bytes);
    symbols.clear(length);
    symbols.byteLength = length;
    // An ASCII piece that is a token does not come here: `wholeToken` gives it.
    const whole = this.wholePieces && length > end - start ? this.table.find(this.bytes, 0, length) : -1;
    if (whole >= 0) {
      symbols.push(whole, 0, length);
      return;
    }
    for (let i = 0; i < length; i++) {
      const token = this.tokens[this.bytes[i] ?? 0] ?? -1;
      if (token >= 0) symbols.push(token, i, i + 1);
      else pushUnknown(symbols, this.unknown, i, i + 1);
    }
  }

  symbolsOfToken(id: number): number[] {
    return Array.from(this.table.bytesOf(id), (byte) => this.tokens[byte] ?? -1);
  }

  bytesOf(id: number): Uint8Array {
    return this.table.bytesOf(id);
  }
}
