import { setImmediate } from 'node:timers/promises';
import type { Work } from '../../shared/progress';
import { LineOffsets } from './line-offsets';
import { BEGINNING_BYTES, LINE_LIMIT_BYTES, type LineText, lineText } from './line-text';
import { type FileState, OpenFile } from './open-file';
import { LineScanner, type Scanner } from './scan-lines';

/** Read at once: large enough for the disk, and looked through in about a millisecond. */
const PIECE_BYTES = 1 << 20;

/** A line with its number, counted from 0. */
export interface Line extends LineText {
  line: number;
  /** In the file, with its line break. */
  bytes: number;
}

type MakeScanner = (offsets: LineOffsets) => Scanner;

/** A file of lines, of any size: nothing of it is kept but where its lines begin. */
export class LineFile {
  readonly offsets = new LineOffsets();
  readonly #file: OpenFile;
  readonly #scanner: MakeScanner;
  #isIndexed = false;

  private constructor(file: OpenFile, scanner: MakeScanner) {
    this.#file = file;
    this.#scanner = scanner;
  }

  /**
   * @param scanner finds where lines end
   * @throws VitrineError `dataset.unreadable`
   */
  static async open(path: string, scanner: MakeScanner = (offsets) => new LineScanner(offsets)): Promise<LineFile> {
    return new LineFile(await OpenFile.open(path), scanner);
  }

  get path(): string {
    return this.#file.path;
  }

  /** As it was when it was opened. */
  get state(): FileState {
    return this.#file.state;
  }

  /** Whether all lines are known. */
  get isIndexed(): boolean {
    return this.#isIndexed;
  }

  /** Whether the file on disk is another than was opened, longer or of another time. */
  isChanged(): Promise<boolean> {
    return this.#file.isChanged();
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
      const read = await this.#file.read(piece.subarray(0, Math.min(PIECE_BYTES, bytes - at)), at);
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
    // Used again for each piece: what is allocated is not given back at once.
    const buffer = Buffer.allocUnsafe(Math.min(PIECE_BYTES, this.offsets.start(to) - this.offsets.start(from)));
    for (let line = from; line < to; ) {
      const start = this.offsets.start(line);
      let end = line + 1;
      while (end < to && this.offsets.start(end + 1) - start <= PIECE_BYTES) end++;
      const piece = await this.#piece(line, end, buffer);
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
    return bytes.subarray(0, await this.#file.read(bytes, start));
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  /** Of lines that lie together; of one that is too long its beginning. */
  async #piece(from: number, to: number, buffer: Buffer): Promise<Buffer> {
    const start = this.offsets.start(from);
    const whole = this.offsets.start(to) - start;
    const length = whole > LINE_LIMIT_BYTES ? BEGINNING_BYTES : whole;
    const bytes = length <= buffer.length ? buffer.subarray(0, length) : Buffer.allocUnsafe(length);
    return bytes.subarray(0, await this.#file.read(bytes, start));
  }
}
