import type { LineOffsets } from './line-offsets';

const LINE_FEED = 0x0a;

/** Finds where lines end, piece by piece, on from the last that is known. */
export interface Scanner {
  /** The bytes that come next; the array is used again for those after them. */
  take(bytes: Uint8Array): void;
  /** What comes after the last end is a line too, unless it is nothing. */
  finish(): void;
}

/** Only a line feed ends a line, as JSON Lines has it. */
export class LineScanner implements Scanner {
  readonly #offsets: LineOffsets;
  #at: number;

  constructor(offsets: LineOffsets) {
    this.#offsets = offsets;
    this.#at = offsets.end;
  }

  take(bytes: Uint8Array): void {
    for (let found = bytes.indexOf(LINE_FEED); found >= 0; found = bytes.indexOf(LINE_FEED, found + 1)) {
      this.#offsets.add(this.#at + found + 1);
    }
    this.#at += bytes.length;
  }

  finish(): void {
    if (this.#at > this.#offsets.end) this.#offsets.add(this.#at);
  }
}
