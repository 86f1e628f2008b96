import type { LineOffsets } from './line-offsets';
import type { Scanner } from './scan-lines';

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Ends a text at line breaks, at so many after one another; more of them belong to the same end, so that no text is empty. */
export class BreakScanner implements Scanner {
  readonly #offsets: LineOffsets;
  readonly #breaks: number;
  #at: number;
  /** Line feeds that have just come; also before the first text. */
  #feeds = 0;
  #isBetween = true;
  #hasText = false;

  constructor(offsets: LineOffsets, breaks: number) {
    this.#offsets = offsets;
    this.#breaks = breaks;
    this.#at = offsets.end;
  }

  take(bytes: Uint8Array): void {
    for (let i = 0; i < bytes.length; ) {
      if (this.#isBetween) i = this.#passBreaks(bytes, i);
      if (i === bytes.length) break;
      this.#hasText = true;
      const feed = bytes.indexOf(LINE_FEED, i);
      i = feed < 0 ? bytes.length : feed + 1;
      this.#isBetween = feed >= 0;
      this.#feeds = 1;
    }
    this.#at += bytes.length;
  }

  finish(): void {
    if (this.#hasText) this.#offsets.add(this.#at);
  }

  /** @returns where text goes on */
  #passBreaks(bytes: Uint8Array, from: number): number {
    let i = from;
    for (; bytes[i] === LINE_FEED || bytes[i] === CARRIAGE_RETURN; i++) if (bytes[i] === LINE_FEED) this.#feeds++;
    if (i === bytes.length) return i;
    if (this.#hasText && this.#feeds >= this.#breaks) this.#offsets.add(this.#at + i);
    this.#isBetween = false;
    return i;
  }
}

/** Ends a text after a mark; a mark with nothing but white space before it belongs to the text that follows. */
export class MarkScanner implements Scanner {
  readonly #offsets: LineOffsets;
  readonly #mark: Buffer;
  #at: number;
  /** In which a mark may have begun. */
  #tail = Buffer.alloc(0);
  #hasText = false;

  constructor(offsets: LineOffsets, mark: string) {
    this.#offsets = offsets;
    this.#mark = Buffer.from(mark);
    this.#at = offsets.end;
  }

  take(bytes: Uint8Array): void {
    const all = Buffer.concat([this.#tail, bytes]);
    const start = this.#at - this.#tail.length;
    let from = 0;
    for (let found = all.indexOf(this.#mark); found >= 0; found = all.indexOf(this.#mark, from)) {
      this.#see(all.subarray(from, found));
      from = found + this.#mark.length;
      if (this.#hasText) this.#offsets.add(start + from);
      this.#hasText = false;
    }
    const tail = Math.max(from, all.length - this.#mark.length + 1);
    this.#see(all.subarray(from, tail));
    this.#tail = all.subarray(tail);
    this.#at += bytes.length;
  }

  finish(): void {
    this.#see(this.#tail);
    if (this.#hasText) this.#offsets.add(this.#at);
  }

  #see(bytes: Uint8Array): void {
    this.#hasText ||= bytes.some((byte) => byte > 0x20);
  }
}
