import { type Sentence, sentence, VitrineError } from '../../shared/errors';
import type { Work } from '../../shared/progress';
import type { Line, LineFile } from '../file/line-file';
import type { DatasetDocument, DocumentPlace, DocumentSource } from './document-source';
import { entryLines } from './entry-lines';
import type { RowText } from './text-of-row';

/** What a line of a file is as a document. */
export interface LineReader {
  readonly reading: Sentence;
  readonly holds: DocumentSource['holds'];
  /** Whether a document is a line of JSON, and stands as such in the file. */
  readonly isJsonLine: boolean;
  /** Which member of an entry is its text; undefined where that is said in several. */
  readonly field: string | undefined;
  text(line: Line): RowText;
  /** As one line of JSON. @throws VitrineError */
  entry(line: Line): string;
}

/** Read together for one entry: most that is exported lies near what was exported before. */
const AHEAD_LINES = 64;
const AHEAD_BYTES = 1 << 18;

/** A file with a document in each of its lines, behind those that say what the others are. */
export class LineSource implements DocumentSource {
  readonly #file: LineFile;
  readonly #reader: LineReader;
  readonly #skipped: number;
  /** Lines that were read last, one after another. */
  #ahead: readonly Line[] = [];

  /** @param skipped lines at the beginning that are no documents */
  constructor(file: LineFile, reader: LineReader, skipped = 0) {
    this.#file = file;
    this.#reader = reader;
    this.#skipped = skipped;
  }

  get path(): string {
    return this.#file.path;
  }

  get count(): number {
    return Math.max(0, this.#file.offsets.count - this.#skipped);
  }

  get isIndexed(): boolean {
    return this.#file.isIndexed;
  }

  get bytes(): number {
    return this.#file.state.bytes;
  }

  get reading(): Sentence {
    return this.#reader.reading;
  }

  get holds(): DocumentSource['holds'] {
    return this.#reader.holds;
  }

  index(work: Work): Promise<void> {
    return this.#file.index(work);
  }

  async *stream(from: number, to: number): AsyncGenerator<DatasetDocument> {
    const end = Math.min(to, this.count) + this.#skipped;
    for await (const line of this.#file.stream(from + this.#skipped, end)) {
      const read = this.#reader.text(line);
      // Of a line that is cut off nothing can be read but how it begins.
      const text = line.problem && read.problem ? line.text : read.text;
      const problem = line.problem ?? read.problem;
      yield { index: line.line - this.#skipped, text, bytes: Buffer.byteLength(text), problem };
    }
  }

  async *lines(from: number, to: number): AsyncGenerator<Line> {
    if (!this.#reader.isJsonLine) return yield* entryLines(this, from, to);
    yield* this.#file.stream(from, Math.min(to, this.count));
  }

  async lineOf(index: number): Promise<Uint8Array> {
    if (this.#reader.isJsonLine) return this.#file.bytesOf(index);
    return Buffer.from(`${await this.entry(index)}\n`);
  }

  placeOf(line: number): DocumentPlace | undefined {
    return this.#reader.isJsonLine ? { path: this.path, line } : undefined;
  }

  async entry(index: number): Promise<string> {
    const line = await this.#line(index + this.#skipped);
    if (!line)
      throw new VitrineError('dataset.line', sentence`There is no document ${index + 1}. Reload the data set.`);
    if (line.problem) throw new VitrineError('dataset.line', line.problem);
    return this.#reader.entry(line);
  }

  /** With those that follow it, which are asked for next in an export. */
  async #line(number: number): Promise<Line | undefined> {
    const known = this.#ahead[number - (this.#ahead[0]?.line ?? 0)];
    if (known) return known;
    const ahead: Line[] = [];
    let bytes = 0;
    for await (const line of this.#file.stream(number, Math.min(number + AHEAD_LINES, this.#file.offsets.count))) {
      ahead.push(line);
      bytes += line.bytes;
      if (bytes > AHEAD_BYTES) break;
    }
    this.#ahead = ahead;
    return ahead[0];
  }

  textField(): string | undefined {
    return this.#reader.field;
  }

  isChanged(): Promise<boolean> {
    return this.#file.isChanged();
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}
