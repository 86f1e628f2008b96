import type { ColumnMetaData, DecodedArray, PageHeader, ParquetParsers, SchemaTree } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { DEFAULT_PARSERS } from 'hyparquet/src/convert.js';
import { getTreePath, isFlatColumn } from 'hyparquet/src/schema.js';
import { dictionaryValues, pageValues, rowsOfPage } from './page';
import type { ParquetFile } from './parquet-file';

/** What a header takes, with the statistics that some writers put into it. */
const HEADER_BYTES = [1 << 12, 1 << 16, 1 << 20];

/** Some rows of a column that are stored together. */
export interface Page {
  group: number;
  /** In the file, from 0. */
  firstRow: number;
  rows: number;
  header: PageHeader;
  /** Where what stands behind the header begins. */
  start: number;
  /** Where the header of the dictionary begins; undefined where there is none. */
  dictionary: number | undefined;
}

/** A column without lists: where its pages are, and their values. */
export class ParquetColumn {
  readonly name: string;
  readonly #file: ParquetFile;
  readonly #path: SchemaTree[];
  readonly #parsers: ParquetParsers;
  #dictionary: { at: number; values: DecodedArray } | undefined;

  /** @param parsers how values are read, where not as usual */
  constructor(file: ParquetFile, column: SchemaTree, parsers: Partial<ParquetParsers> = {}) {
    this.name = column.element.name;
    this.#file = file;
    this.#path = getTreePath(file.schema, column.path);
    this.#parsers = { ...DEFAULT_PARSERS, ...parsers };
  }

  /** Its pages in a group of rows, one after another: only their headers are read. @throws VitrineError `dataset.parquet` */
  async *pages(group: number, firstRow: number): AsyncGenerator<Page> {
    const rows = Number(this.#file.metadata.row_groups[group]?.num_rows);
    let dictionary: number | undefined;
    let row = 0;
    for (let { start: at, end } = this.#chunk(group); row < rows; ) {
      const { header, start } = await this.#header(at, end);
      const next = start + header.compressed_page_size;
      const own = rowsOfPage(header);
      const isWrong = own !== undefined && !(own > 0 && own <= rows - row);
      if (isWrong || !(next > at && next <= end)) throw this.#file.damaged();
      if (header.type === 'DICTIONARY_PAGE') dictionary = at;
      if (own !== undefined) {
        yield { group, firstRow: firstRow + row, rows: own, header, start, dictionary };
        row += own;
      }
      at = next;
    }
  }

  /** Null where there is no value. @throws VitrineError `dataset.parquet` */
  async values(page: Page): Promise<DecodedArray> {
    const dictionary =
      page.dictionary === undefined ? undefined : await this.#dictionaryAt(page.dictionary, page.group);
    const body = await this.#file.part(page.start, page.start + page.header.compressed_page_size);
    return this.#decoded(() => pageValues(page.header, body, this.#decoder(page.group), dictionary));
  }

  async #dictionaryAt(at: number, group: number): Promise<DecodedArray> {
    if (this.#dictionary?.at === at) return this.#dictionary.values;
    const { header, start } = await this.#header(at, this.#chunk(group).end);
    const body = await this.#file.part(start, start + header.compressed_page_size);
    const values = this.#decoded(() => dictionaryValues(header, body, this.#decoder(group)));
    this.#dictionary = { at, values };
    return values;
  }

  async #header(at: number, end: number): Promise<{ header: PageHeader; start: number }> {
    for (const bytes of HEADER_BYTES) {
      const view = new DataView(await this.#file.part(at, Math.min(end, at + bytes)));
      const reader = { view, offset: 0 };
      try {
        return { header: parquetHeader(reader), start: at + reader.offset };
      } catch {
        // It may go on behind what was read.
      }
    }
    throw this.#file.damaged();
  }

  #decoded(decode: () => DecodedArray): DecodedArray {
    try {
      return decode();
    } catch (error) {
      throw this.#file.damaged(error);
    }
  }

  #decoder(group: number) {
    const path = this.#path;
    const { element } = path[path.length - 1] as SchemaTree;
    const { codec } = this.#metadata(group);
    if (!element.type) throw this.#file.damaged();
    return { pathInSchema: [this.name], type: element.type, element, schemaPath: path, codec, parsers: this.#parsers };
  }

  #chunk(group: number): { start: number; end: number } {
    const metadata = this.#metadata(group);
    const start = Number(metadata.dictionary_page_offset || metadata.data_page_offset);
    return { start, end: start + Number(metadata.total_compressed_size) };
  }

  #metadata(group: number): ColumnMetaData {
    const columns = this.#file.metadata.row_groups[group]?.columns ?? [];
    const own = columns.find(({ meta_data: found }) => found?.path_in_schema.join('.') === this.name);
    if (!own?.meta_data) throw this.#file.damaged();
    return own.meta_data;
  }
}

/** Columns at the top without lists. */
export const flatColumns = ({ schema }: ParquetFile): SchemaTree[] =>
  schema.children.filter((column) => isFlatColumn([schema, column]));

/** Whether its type says that it has texts. */
export const isText = ({ element }: SchemaTree) =>
  element.converted_type === 'UTF8' || element.converted_type === 'JSON' || element.logical_type?.type === 'STRING';
