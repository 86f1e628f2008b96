import type { LineOffsets } from './line-offsets';
import type { Scanner } from './scan-lines';

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const QUOTE = 0x22;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/**
 * Ends a row at a line feed that stands in no quotes: RFC 4180. A quote opens only at the beginning of a cell, and two of
 * them within quotes are one; lines with nothing in them belong to the row that follows.
 */
export class CsvScanner implements Scanner {
  readonly #offsets: LineOffsets;
  readonly #delimiter: number;
  #at: number;
  #place: 'cell' | 'plain' | 'quoted' | 'afterQuote' = 'cell';
  #hasText = false;

  constructor(offsets: LineOffsets, delimiter: string) {
    this.#offsets = offsets;
    this.#delimiter = delimiter.charCodeAt(0);
    this.#at = offsets.end;
  }

  take(bytes: Uint8Array): void {
    let i = this.#at === 0 && BYTE_ORDER_MARK.every((byte, at) => bytes[at] === byte) ? BYTE_ORDER_MARK.length : 0;
    while (i < bytes.length) {
      if (this.#place === 'quoted') {
        const quote = bytes.indexOf(QUOTE, i);
        if (quote < 0) break;
        this.#place = 'afterQuote';
        i = quote + 1;
      } else {
        this.#see(bytes[i] as number, this.#at + i);
        i++;
      }
    }
    this.#at += bytes.length;
  }

  finish(): void {
    if (this.#hasText) this.#offsets.add(this.#at);
  }

  /** A byte outside of quotes, or the one after them. */
  #see(byte: number, at: number): void {
    if (byte === LINE_FEED) {
      if (this.#hasText) this.#offsets.add(at + 1);
      this.#hasText = false;
      this.#place = 'cell';
      return;
    }
    this.#hasText ||= byte !== CARRIAGE_RETURN;
    const opens = this.#place === 'cell' || this.#place === 'afterQuote';
    if (byte === QUOTE && opens) this.#place = 'quoted';
    else this.#place = byte === this.#delimiter ? 'cell' : 'plain';
  }
}
