import { type Sentence, sentence, VitrineError } from '../../shared/errors';
import type { Work } from '../../shared/progress';
import type { Line } from '../file/line-file';
import { BEGINNING_BYTES, LINE_LIMIT_BYTES, textOf } from '../file/line-text';
import { problem } from '../file/problem';
import { flatColumns, isText, type Page, ParquetColumn } from '../parquet/column';
import { ParquetFile } from '../parquet/parquet-file';
import { ParquetRows } from '../parquet/rows';
import type { DatasetDocument, DocumentSource } from './document-source';
import { entryLines } from './entry-lines';
import { conversationsIn } from './parquet-conversations';
import { noText, type RowText, textField, usualTextName } from './text-of-row';

/** As many rows say which column is the text. */
const FIRST_ROWS = 100;

/**
 * A Parquet file: conversations, where its first rows are some, or else the texts of one of its columns, the one that `textField`
 * finds. Of the others nothing is read but for an export; of this one a page at a time.
 *
 * @throws VitrineError `dataset.unreadable`, `dataset.parquet`, `dataset.noText`
 */
export async function openParquet(path: string): Promise<DocumentSource> {
  const file = await ParquetFile.open(path);
  try {
    const conversations = await conversationsIn(file);
    if (conversations) return conversations;
    const column = await textColumn(file);
    if (!column) {
      throw new VitrineError('dataset.noText', sentence`${path} has no column of texts. Choose a file that has one.`);
    }
    const source = new ParquetSource(file, column);
    await source.findFirst();
    return source;
  } catch (error) {
    await file.file.close();
    throw error;
  }
}

class ParquetSource implements DocumentSource {
  readonly holds = 'texts';
  readonly reading: Sentence;
  readonly #file: ParquetFile;
  readonly #column: ParquetColumn;
  readonly #rows: ParquetRows;
  readonly #pages: Page[] = [];
  /** Goes on where it was, also after an index that was ended. */
  readonly #walk: AsyncGenerator<Page>;
  #isIndexed = false;

  constructor(file: ParquetFile, column: ParquetColumn) {
    this.#file = file;
    this.#column = column;
    this.#rows = new ParquetRows(file);
    this.#walk = pagesOf(file, column);
    this.reading = sentence`The text of a row is its column "${column.name}".`;
  }

  get path(): string {
    return this.#file.file.path;
  }

  get count(): number {
    const last = this.#pages.at(-1);
    return last ? last.firstRow + last.rows : 0;
  }

  get isIndexed(): boolean {
    return this.#isIndexed;
  }

  get bytes(): number {
    return this.#file.file.state.bytes;
  }

  async findFirst(): Promise<void> {
    await this.#findPage();
  }

  async index({ signal, progress }: Work): Promise<void> {
    while (!this.#isIndexed) {
      signal.throwIfAborted();
      await this.#findPage();
      progress(this.#pages.at(-1)?.start ?? this.bytes, this.bytes);
    }
  }

  async *stream(from: number, to: number): AsyncGenerator<DatasetDocument> {
    const end = Math.min(to, this.count);
    for (let index = from, page = this.#pageWith(from); index < end; page++) {
      const { firstRow, rows } = this.#pages[page] as Page;
      const texts = await this.#texts(this.#pages[page] as Page);
      for (; index < Math.min(end, firstRow + rows); index++) {
        const { text, problem } = texts(index - firstRow);
        yield { index, text, bytes: Buffer.byteLength(text), problem };
      }
    }
  }

  entry(index: number): Promise<string> {
    return this.#rows.entry(index);
  }

  textField(): string {
    return this.#column.name;
  }

  lines(from: number, to: number): AsyncGenerator<Line> {
    return entryLines(this, from, to);
  }

  async lineOf(index: number): Promise<Uint8Array> {
    return Buffer.from(`${await this.entry(index)}\n`);
  }

  placeOf(): undefined {}

  isChanged(): Promise<boolean> {
    return this.#file.file.isChanged();
  }

  close(): Promise<void> {
    return this.#file.file.close();
  }

  async #findPage(): Promise<void> {
    const { value, done } = await this.#walk.next();
    if (done) this.#isIndexed = true;
    else this.#pages.push(value);
  }

  /** The last page that does not begin after a row. */
  #pageWith(row: number): number {
    let [low, high] = [0, this.#pages.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#pages[middle] as Page).firstRow <= row) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The texts of a page by their places in it; where it is damaged, each says so and the next page is read. */
  async #texts(page: Page): Promise<(row: number) => RowText> {
    try {
      const values = await this.#column.values(page);
      return (row) => textOfValue(values[row], this.#column.name);
    } catch (error) {
      if (!(error instanceof VitrineError && error.code === 'dataset.parquet')) throw error;
      return () => ({ text: '', problem: problem('unreadable', DAMAGED) });
    }
  }
}

const DAMAGED = sentence`This part of the file is damaged. Fetch the file or write it again.`;

async function* pagesOf(file: ParquetFile, column: ParquetColumn): AsyncGenerator<Page> {
  let row = 0;
  for (const [group, { num_rows: rows }] of file.metadata.row_groups.entries()) {
    yield* column.pages(group, row);
    row += Number(rows);
  }
}

function textOfValue(value: unknown, column: string): RowText {
  if (!(value instanceof Uint8Array)) return { text: '', problem: noText(column) };
  return textOf(value.length > LINE_LIMIT_BYTES ? value.subarray(0, BEGINNING_BYTES) : value, value.length);
}

/** Texts are looked at as bytes, so that what is no UTF-8 is seen. */
async function textColumn(file: ParquetFile): Promise<ParquetColumn | undefined> {
  const bytes = flatColumns(file).filter(({ element }) => element.type === 'BYTE_ARRAY');
  const texts = bytes.filter(isText);
  const asBytes = { stringFromBytes: (value: Uint8Array) => value, jsonFromBytes: (value: Uint8Array) => value };
  const columns = (texts.length > 0 ? texts : bytes).map((column) => new ParquetColumn(file, column, asBytes));
  const names = columns.map(({ name }) => name);
  const name = usualTextName(names) ?? textField(await firstRows(file, columns));
  return columns.find((column) => column.name === name) ?? columns[0];
}

async function firstRows(file: ParquetFile, columns: readonly ParquetColumn[]): Promise<Record<string, unknown>[]> {
  const first = await Promise.all(columns.map(async (column) => firstTexts(file, column)));
  return Array.from({ length: Math.max(0, ...first.map(({ length }) => length)) }, (_, row) =>
    Object.fromEntries(columns.map(({ name }, i) => [name, first[i]?.[row]])),
  );
}

/** Of a column that cannot be read there are none. */
async function firstTexts(file: ParquetFile, column: ParquetColumn): Promise<(string | undefined)[]> {
  try {
    for await (const page of pagesOf(file, column)) {
      const values = [...(await column.values(page)).slice(0, FIRST_ROWS)];
      return values.map((value) => (value instanceof Uint8Array ? textOfValue(value, '').text : undefined));
    }
  } catch (error) {
    if (!(error instanceof VitrineError)) throw error;
  }
  return [];
}
