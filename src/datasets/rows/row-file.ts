import type { Sentence } from '../../shared/errors';
import type { Work } from '../../shared/progress';
import type { DocumentPlace, DocumentSource } from '../documents/document-source';
import { openSource } from '../documents/open-source';
import { documentRow, type Row, rowOf } from './row';

/** The rows of a data set by number: conversations, or documents of any kind. */
export interface RowFile {
  readonly holds: DocumentSource['holds'];
  /** How rows are found. */
  readonly reading: Sentence;
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
  /** Where it stands alone in a text that an editor opens. */
  placeOf(row: number): DocumentPlace | undefined;
  isChanged(): Promise<boolean>;
  close(): Promise<void>;
}

/** @throws VitrineError `dataset.unreadable` and others of `openSource` */
export async function openRows(path: string): Promise<RowFile> {
  return new SourceRows(await openSource(path));
}

export async function rowsOf(file: RowFile, from: number, count: number): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const row of file.stream(from, Math.min(from + count, file.count))) rows.push(row);
  return rows;
}

class SourceRows implements RowFile {
  readonly #source: DocumentSource;

  constructor(source: DocumentSource) {
    this.#source = source;
  }

  get holds(): DocumentSource['holds'] {
    return this.#source.holds;
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
    // Conversations are looked for when they are asked for.
    if (this.holds === 'conversations') for await (const line of this.#source.lines(from, to)) yield rowOf(line);
    else for await (const document of this.#source.stream(from, to)) yield documentRow(document);
  }

  lineOf(row: number): Promise<Uint8Array> {
    return this.#source.lineOf(row);
  }

  placeOf(row: number): DocumentPlace | undefined {
    return this.#source.placeOf(row);
  }

  isChanged(): Promise<boolean> {
    return this.#source.isChanged();
  }

  close(): Promise<void> {
    return this.#source.close();
  }
}
