import type { Sentence } from '../../shared/errors';
import type { Line } from '../file/line-file';
import type { ParquetFile } from '../parquet/parquet-file';
import { ParquetRows } from '../parquet/rows';
import type { DatasetDocument, DocumentSource } from './document-source';
import { entryLines } from './entry-lines';
import { areConversations, SAID, saidIn } from './said-in';

/** As many rows say whether all are conversations. */
const FIRST_ROWS = 10;

/** The rows of a Parquet file as conversations; undefined where they are none. */
export async function conversationsIn(file: ParquetFile): Promise<DocumentSource | undefined> {
  const source = new ParquetConversations(file);
  const first: Line[] = [];
  for await (const line of source.lines(0, FIRST_ROWS)) first.push(line);
  const readable = first.filter(({ problem }) => !problem);
  return areConversations(readable, readable.length) ? source : undefined;
}

/** Conversations stand in lists of objects, or in several columns: a row is read whole. */
class ParquetConversations implements DocumentSource {
  readonly holds = 'conversations';
  readonly reading: Sentence = SAID;
  readonly isIndexed = true;
  readonly count: number;
  readonly #file: ParquetFile;
  readonly #rows: ParquetRows;

  constructor(file: ParquetFile) {
    this.#file = file;
    this.#rows = new ParquetRows(file);
    this.count = this.#rows.count;
  }

  get path(): string {
    return this.#file.file.path;
  }

  get bytes(): number {
    return this.#file.file.state.bytes;
  }

  async index(): Promise<void> {}

  async *stream(from: number, to: number): AsyncGenerator<DatasetDocument> {
    for await (const line of this.lines(from, to)) {
      const { text, problem } = line.problem ? line : saidIn(line);
      yield { index: line.line, text, bytes: Buffer.byteLength(text), problem };
    }
  }

  lines(from: number, to: number): AsyncGenerator<Line> {
    return entryLines(this, from, to);
  }

  entry(index: number): Promise<string> {
    return this.#rows.entry(index);
  }

  async lineOf(index: number): Promise<Uint8Array> {
    return Buffer.from(`${await this.entry(index)}\n`);
  }

  textField(): undefined {}

  placeOf(): undefined {}

  isChanged(): Promise<boolean> {
    return this.#file.file.isChanged();
  }

  close(): Promise<void> {
    return this.#file.file.close();
  }
}
