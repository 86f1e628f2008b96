import { type FileHandle, open, stat } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { sentence, VitrineError } from '../../shared/errors';
import type { Work } from '../../shared/progress';
import { isMissing, reasonOf } from '../../shared/system-errors';
import { LineOffsets } from './line-offsets';
import { LINE_LIMIT_BYTES, type LineText, lineText } from './line-text';
import { LineScanner, type Scanner } from './scan-lines';

/** Read at once: large enough for the disk, and looked through in about a millisecond. */
const PIECE_BYTES = 1 << 20;

/** Of a line that is too long to be read, what is shown. */
const BEGINNING_BYTES = 2000;

/** What tells a file from what it was before. */
export interface FileState {
  bytes: number;
  modified: number;
}

/** A line with its number, counted from 0. */
export interface Line extends LineText {
  line: number;
  /** In the file, with its line break. */
  bytes: number;
}

type MakeScanner = (offsets: LineOffsets) => Scanner;

/** A file of lines, of any size: nothing of it is kept but where its lines begin. */
export class LineFile {
  readonly path: string;
  readonly offsets = new LineOffsets();
  /** As it was when it was opened. */
  readonly state: FileState;
  readonly #handle: FileHandle;
  readonly #scanner: MakeScanner;
  #isIndexed = false;

  private constructor(path: string, handle: FileHandle, state: FileState, scanner: MakeScanner) {
    this.path = path;
    this.#handle = handle;
    this.state = state;
    this.#scanner = scanner;
  }

  /**
   * @param scanner finds where lines end
   * @throws VitrineError `dataset.unreadable`
   */
  static async open(path: string, scanner: MakeScanner = (offsets) => new LineScanner(offsets)): Promise<LineFile> {
    return orUnreadable(path, async () => {
      const handle = await open(path, 'r');
      const stats = await handle.stat();
      return new LineFile(path, handle, { bytes: stats.size, modified: stats.mtimeMs }, scanner);
    });
  }

  /** Whether all lines are known. */
  get isIndexed(): boolean {
    return this.#isIndexed;
  }

  /** Whether the file on disk is another than was opened, longer or of another time. */
  async isChanged(): Promise<boolean> {
    try {
      const { size, mtimeMs } = await stat(this.path);
      return size !== this.state.bytes || mtimeMs !== this.state.modified;
    } catch (error) {
      if (isMissing(error)) return true;
      throw error;
    }
  }

  /**
   * Finds where lines begin, on from where it has come to.
   *
   * @param isEnough looked at after each piece: the rest may be found another time
   * @throws AbortError
   */
  async index({ signal, progress }: Work, isEnough = () => false): Promise<void> {
    const { bytes } = this.state;
    const scanner = this.#scanner(this.offsets);
    const piece = Buffer.allocUnsafe(PIECE_BYTES);
    for (let at = this.offsets.end; at < bytes; ) {
      signal.throwIfAborted();
      const read = await this.#read(piece.subarray(0, Math.min(PIECE_BYTES, bytes - at)), at);
      if (read === 0) break;
      scanner.take(piece.subarray(0, read));
      at += read;
      progress(at, bytes);
      if (at < bytes && isEnough()) return;
      // The disk may answer from memory at once, and others wait for this thread.
      await setImmediate();
    }
    scanner.finish();
    this.#isIndexed = true;
  }

  /** Lines by number, as far as they are known. */
  async lines(from: number, count: number): Promise<Line[]> {
    const to = Math.min(from + count, this.offsets.count);
    const lines: Line[] = [];
    for await (const line of this.stream(from, to)) lines.push(line);
    return lines;
  }

  /** Lines [from, to) one after another, read in large pieces; from is where to begin, of those that are known. */
  async *stream(from: number, to: number): AsyncGenerator<Line> {
    for (let line = from; line < to; ) {
      const start = this.offsets.start(line);
      let end = line + 1;
      while (end < to && this.offsets.start(end + 1) - start <= PIECE_BYTES) end++;
      const piece = await this.#piece(line, end);
      for (; line < end; line++) {
        const at = this.offsets.start(line);
        const bytes = this.offsets.start(line + 1) - at;
        const own = piece.subarray(at - start, Math.min(piece.length, at - start + bytes));
        yield { line, bytes, ...lineText(own, bytes, line === 0) };
      }
    }
  }

  /** The bytes of a line as they stand in the file, with the line break. */
  async bytesOf(line: number): Promise<Uint8Array> {
    const start = this.offsets.start(line);
    const bytes = Buffer.allocUnsafe(this.offsets.start(line + 1) - start);
    return bytes.subarray(0, await this.#read(bytes, start));
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }

  /** Of lines that lie together; of one that is too long its beginning. */
  async #piece(from: number, to: number): Promise<Buffer> {
    const start = this.offsets.start(from);
    const whole = this.offsets.start(to) - start;
    const bytes = Buffer.allocUnsafe(whole > LINE_LIMIT_BYTES ? BEGINNING_BYTES : whole);
    return bytes.subarray(0, await this.#read(bytes, start));
  }

  /** Fills an array from a place of the file, as far as the file goes. */
  async #read(bytes: Buffer, at: number): Promise<number> {
    return orUnreadable(this.path, async () => {
      let filled = 0;
      while (filled < bytes.length) {
        const { bytesRead } = await this.#handle.read(bytes, filled, bytes.length - filled, at + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return filled;
    });
  }
}

async function orUnreadable<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw new VitrineError('dataset.unreadable', sentence`${path} cannot be read: ${reasonOf(error)}.`, {
      cause: error,
    });
  }
}
