import { isUtf8 } from 'node:buffer';
import { type Sentence, sentence, VitrineError } from '../../shared/errors';
import type { ByteSource } from '../checkpoint/byte-source';

/** The largest headers in the wild are tens of MB (a vocabulary and a copy of its tokenizer.json). */
const HEADER_LIMIT = 128 * 2 ** 20;
/** Four times the merges of the largest vocabulary. A list of more would take gigabytes once it is in memory. */
export const MAX_LIST_ENTRIES = 2 ** 21;
const WINDOW_BYTES = 2 ** 20;

/**
 * Reads a header field by field through a window on the source, so that memory follows what the header holds and not
 * what it claims to hold.
 *
 * Every read throws VitrineError `gguf.truncated` where the file ends first and `gguf.headerTooLong` past 128 MiB.
 */
export class HeaderCursor {
  /** What is being read, for errors. */
  field = sentence`the magic number`;
  #position = 0;
  #window: Buffer = Buffer.alloc(0);
  #windowStart = 0;

  constructor(readonly source: ByteSource) {}

  /** Bytes read so far. */
  get position(): number {
    return this.#position;
  }

  u8(): number {
    const at = this.#advance(1);
    return this.#window.readUInt8(at);
  }

  u32(): number {
    const at = this.#advance(4);
    return this.#window.readUInt32LE(at);
  }

  /** Exact up to 2^53; above, only good for being refused. */
  u64(): number {
    const at = this.#advance(8);
    return this.#window.readUInt32LE(at) + this.#window.readUInt32LE(at + 4) * 2 ** 32;
  }

  /**
   * A u64 count of items that take at least `itemBytes` bytes each.
   *
   * @throws VitrineError `gguf.count` if they are more than `limit`, or than can follow in the file.
   */
  count(itemBytes: number, limit = Number.POSITIVE_INFINITY): number {
    const count = this.u64();
    const rest = Math.min(this.source.size, HEADER_LIMIT) - this.#position;
    const most = Math.min(limit, Math.floor(rest / itemBytes));
    if (count > most) {
      throw this.error('gguf.count', sentence`claims a length of ${count}, where at most ${most} is possible`);
    }
    return count;
  }

  /** The next bytes, in a buffer of their own. */
  bytes(length: number): Uint8Array {
    if (length > WINDOW_BYTES) {
      return this.source.read(this.#claim(length), length);
    }
    const at = this.#advance(length);
    return Uint8Array.from(this.#window.subarray(at, at + length));
  }

  /** A text of at most `limit` bytes; those that are not UTF-8 become U+FFFD. */
  text(limit: number): string {
    const length = this.count(1, limit);
    const at = this.#advance(length);
    return this.#window.toString('utf8', at, at + length);
  }

  /**
   * The name of a key or a tensor, of at most `limit` bytes.
   *
   * @throws VitrineError `gguf.name` if it is empty, not UTF-8, or holds control characters, which could play tricks on
   * the terminal that shows it.
   */
  name(limit: number): string {
    const length = this.count(1, limit);
    const at = this.#advance(length);
    const bytes = this.#window.subarray(at, at + length);
    const name = bytes.toString('utf8');
    if (!isUtf8(bytes) || !/^\P{Cc}+$/u.test(name)) {
      throw this.error('gguf.name', sentence`has a name that is empty, not UTF-8 or holds control characters`);
    }
    return name;
  }

  /** The error for what is wrong with the current field. */
  error(code: string, reason: Sentence): VitrineError {
    return new VitrineError(
      code,
      sentence`${this.source.path} is damaged: ${this.field} ${reason} (at byte ${String(this.#position)}). Download or convert it again.`,
    );
  }

  /** Steps over `length` bytes, brings them into the window and says where in it they begin. */
  #advance(length: number): number {
    const start = this.#claim(length);
    if (this.#position > this.#windowStart + this.#window.length) {
      this.#moveWindow(start, length);
    }
    return start - this.#windowStart;
  }

  /** Steps over `length` bytes, if the header can hold them, and says where they begin. */
  #claim(length: number): number {
    const start = this.#position;
    const end = start + length;
    if (end > this.source.size) {
      throw this.error('gguf.truncated', sentence`is cut off by the end of the file`);
    }
    if (end > HEADER_LIMIT) {
      throw this.error('gguf.headerTooLong', sentence`lies more than ${HEADER_LIMIT} bytes into the header`);
    }
    this.#position = end;
    return start;
  }

  #moveWindow(start: number, length: number): void {
    const rest = this.source.size - start;
    const bytes = this.source.read(start, Math.min(Math.max(length, WINDOW_BYTES), rest));
    this.#window = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#windowStart = start;
  }
}
