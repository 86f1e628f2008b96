import type { Sentence } from '../../shared/errors';
import type { Work } from '../../shared/progress';
import type { DocumentSource } from '../documents/document-source';
import { openSource } from '../documents/open-source';
import { LineFile } from '../file/line-file';
import { documentRow, type Row, rowOf } from './row';

/** The rows of a data set by number: conversations, or documents of any kind. */
export interface RowFile {
  readonly holds: DocumentSource['holds'];
  /** How rows are found, where that is not plain. */
  readonly reading: Sentence | undefined;
  /** Rows that are known. */
  readonly count: number;
  readonly isIndexed: boolean;
  readonly bytes: number;
  /** Finds rows, on from where it has come to. @throws AbortError */
  index(work: Work): Promise<void>;
  /** Rows [from, to) one after another, of those that are known. */
  stream(from: number, to: number): AsyncGenerator<Row>;
  /** A row for an export that changes nothing: a line of a `.jsonl` as it stands in it. */
  lineOf(row: number): Promise<Uint8Array>;
  isChanged(): Promise<boolean>;
  close(): Promise<void>;
}

/** @throws VitrineError `dataset.unreadable` and others of `openSource` */
export async function openRows(path: string): Promise<RowFile> {
  const source = await openSource(path);
  if (source.holds === 'texts') return new Documents(source);
  await source.close();
  return new Conversations(await LineFile.open(path));
}

export async function rowsOf(file: RowFile, from: number, count: number): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const row of file.stream(from, Math.min(from + count, file.count))) rows.push(row);
  return rows;
}

/** Lines of a `.jsonl`, each with its conversation. */
class Conversations implements RowFile {
  readonly holds = 'conversations';
  readonly reading = undefined;
  readonly #file: LineFile;

  constructor(file: LineFile) {
    this.#file = file;
  }

  get count(): number {
    return this.#file.offsets.count;
  }

  get isIndexed(): boolean {
    return this.#file.isIndexed;
  }

  get bytes(): number {
    return this.#file.state.bytes;
  }

  index(work: Work): Promise<void> {
    return this.#file.index(work);
  }

  async *stream(from: number, to: number): AsyncGenerator<Row> {
    for await (const line of this.#file.stream(from, to)) yield rowOf(line);
  }

  lineOf(row: number): Promise<Uint8Array> {
    return this.#file.bytesOf(row);
  }

  isChanged(): Promise<boolean> {
    return this.#file.isChanged();
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

class Documents implements RowFile {
  readonly holds = 'texts';
  readonly #source: DocumentSource;

  constructor(source: DocumentSource) {
    this.#source = source;
  }

  get reading(): Sentence {
    return this.#source.reading;
  }

  get count(): number {
    return this.#source.count;
  }

  get isIndexed(): boolean {
    return this.#source.isIndexed;
  }

  get bytes(): number {
    return this.#source.bytes;
  }

  index(work: Work): Promise<void> {
    return this.#source.index(work);
  }

  async *stream(from: number, to: number): AsyncGenerator<Row> {
    for await (const document of this.#source.stream(from, to)) yield documentRow(document);
  }

  async lineOf(row: number): Promise<Uint8Array> {
    return Buffer.from(`${await this.#source.entry(row)}\n`);
  }

  isChanged(): Promise<boolean> {
    return this.#source.isChanged();
  }

  close(): Promise<void> {
    return this.#source.close();
  }
}
