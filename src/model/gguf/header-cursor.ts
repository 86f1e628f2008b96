import { isUtf8 } from 'node:buffer';
import { VitrineError } from '../../shared/errors';
import type { ByteSource } from './byte-source';

/** The largest headers in the wild are tens of MB (a vocabulary and a copy of its tokenizer.json). */
const HEADER_LIMIT = 128 * 2 ** 20;
const WINDOW_BYTES = 2 ** 20;

/**
 * Reads a header field by field through a window on the source, so that memory follows what the header holds and not
 * what it claims to hold.
 *
 * Every read throws VitrineError `gguf.truncated` where the file ends first and `gguf.headerTooLong` past 128 MiB.
 */
export class HeaderCursor {
  /** What is being read, for errors. */
  field = 'the magic number';
  #position = 0;
  #window: Buffer = Buffer.alloc(0);
  #windowStart = 0;

  constructor(readonly source: ByteSource) {}

  /** Bytes read so far. */
  get position(): number {
    return this.#position;
  }

  u8(): number {
    return this.#window.readUInt8(this.#advance(1));
  }

  u32(): number {
    return this.#window.readUInt32LE(this.#advance(4));
  }

  /** Exact up to 2^53; above, only good for being refused. */
  u64(): number {
    const at = this.#advance(8);
    return this.#window.readUInt32LE(at) + this.#window.readUInt32LE(at + 4) * 2 ** 32;
  }

  /**
   * A u64 count of items that take at least `itemBytes` bytes each.
   *
   * @throws VitrineError `gguf.count` if that many cannot follow in the file.
   */
  count(itemBytes: number): number {
    const count = this.u64();
    const rest = Math.min(this.source.size, HEADER_LIMIT) - this.#position;
    if (count * itemBytes > rest) {
      throw this.error('gguf.count', `claims ${count} entries, but only ${rest} bytes can follow`);
    }
    return count;
  }

  /** A copy of the next bytes, at byteOffset 0 of a buffer of its own. */
  bytes(length: number): Uint8Array {
    const at = this.#advance(length);
    return Uint8Array.from(this.#window.subarray(at, at + length));
  }

  /** A value's text; bytes that are not UTF-8 become U+FFFD. */
  text(): string {
    const length = this.count(1);
    const at = this.#advance(length);
    return this.#window.toString('utf8', at, at + length);
  }

  /**
   * The name of a key or a tensor.
   *
   * @throws VitrineError `gguf.name` if it is empty, longer than `limit` bytes or not UTF-8.
   */
  name(limit: number): string {
    const length = this.count(1);
    if (length === 0 || length > limit) {
      throw this.error('gguf.name', `has a name of ${length} bytes, where 1 to ${limit} are allowed`);
    }
    const at = this.#advance(length);
    const bytes = this.#window.subarray(at, at + length);
    if (!isUtf8(bytes)) {
      throw this.error('gguf.name', 'has a name that is not UTF-8');
    }
    return bytes.toString('utf8');
  }

  /** The error for what is wrong with the current field. */
  error(code: string, reason: string): VitrineError {
    return new VitrineError(
      code,
      `${this.source.path} is damaged: ${this.field} ${reason} (at byte ${this.#position}). Download or convert it again.`,
    );
  }

  /** Steps over `length` bytes and says where in the window they begin. */
  #advance(length: number): number {
    const end = this.#position + length;
    if (end > this.source.size) {
      throw this.error('gguf.truncated', `is cut off by the end of the file`);
    }
    if (end > HEADER_LIMIT) {
      throw this.error('gguf.headerTooLong', `lies more than ${HEADER_LIMIT} bytes into the header`);
    }
    if (end > this.#windowStart + this.#window.length) {
      this.#moveWindow(length);
    }
    const at = this.#position - this.#windowStart;
    this.#position = end;
    return at;
  }

  #moveWindow(length: number): void {
    const rest = this.source.size - this.#position;
    const bytes = this.source.read(this.#position, Math.min(Math.max(length, WINDOW_BYTES), rest));
    this.#window = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#windowStart = this.#position;
  }
}
