import type { LineOffsets } from './line-offsets';

const LINE_FEED = 0x0a;

/** Finds where lines end, piece by piece. Only a line feed ends one, as JSON Lines has it. */
export class LineScanner {
  readonly #offsets: LineOffsets;
  #at: number;

  constructor(offsets: LineOffsets) {
    this.#offsets = offsets;
    this.#at = offsets.end;
  }

  /** The bytes that come next. */
  take(bytes: Uint8Array): void {
    for (let found = bytes.indexOf(LINE_FEED); found >= 0; found = bytes.indexOf(LINE_FEED, found + 1)) {
      this.#offsets.add(this.#at + found + 1);
    }
    this.#at += bytes.length;
  }

  /** What comes after the last line feed is a line too, unless it is nothing. */
  finish(): void {
    if (this.#at > this.#offsets.end) this.#offsets.add(this.#at);
  }
}
