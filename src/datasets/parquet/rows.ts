import { parquetReadObjects } from 'hyparquet';
import { MOST_VALUES } from './check-page';
import { flatColumns, isText, type Page, ParquetColumn } from './column';
import { JSON_PARSERS, TEXT_PARSERS } from './json-parsers';
import { COMPRESSORS } from './page';
import type { ParquetFile } from './parquet-file';

type Row = Record<string, unknown>;

/** Whole rows as JSON, with all that they have; rows that follow one another are the quickest. */
export class ParquetRows {
  readonly #file: ParquetFile;
  readonly #flat: FlatValues[];
  readonly #nested: string[];
  #group: { first: number; nested: readonly Row[] } | undefined;

  constructor(file: ParquetFile) {
    this.#file = file;
    const flat = flatColumns(file);
    this.#flat = flat.map(
      (column) => new FlatValues(new ParquetColumn(file, column, isText(column) ? TEXT_PARSERS : JSON_PARSERS)),
    );
    this.#nested = file.schema.children.filter((column) => !flat.includes(column)).map(({ element }) => element.name);
  }

  /** Rows of the file, as its footer says. @throws VitrineError `dataset.parquet` where they are more than there can be */
  get count(): number {
    const groups = this.#file.metadata.row_groups.map(({ num_rows: rows }) => Number(rows));
    if (groups.some((rows) => !(rows >= 0 && rows <= MOST_VALUES))) throw this.#file.damaged();
    return groups.reduce((sum, rows) => sum + rows, 0);
  }

  /** As one line of JSON, with the columns in the order of the file. @throws VitrineError `dataset.parquet` */
  async entry(index: number): Promise<string> {
    const { group, first } = groupOf(this.#file, index);
    const values = new Map<string, unknown>();
    for (const column of this.#flat) values.set(column.name, await column.at(index, group, first));
    if (this.#nested.length > 0) {
      const row = (await this.#nestedRows(group, first))[index - first];
      for (const name of this.#nested) values.set(name, row?.[name]);
    }
    const fields = this.#file.schema.children.map(
      ({ element: { name } }) => `${JSON.stringify(name)}:${json(values.get(name))}`,
    );
    return `{${fields.join(',')}}`;
  }

  /** Of all rows of a group: lists are not found by the number of a row. */
  async #nestedRows(group: number, first: number): Promise<readonly Row[]> {
    if (this.#group?.first === first) return this.#group.nested;
    const end = first + Number(this.#file.metadata.row_groups[group]?.num_rows);
    try {
      const { buffer: file, metadata } = this.#file;
      const nested = await parquetReadObjects({
        file,
        metadata,
        columns: this.#nested,
        rowStart: first,
        rowEnd: end,
        compressors: COMPRESSORS,
        parsers: JSON_PARSERS,
      });
      this.#group = { first, nested };
      return nested;
    } catch (error) {
      throw this.#file.damaged(error);
    }
  }
}

/** The values of a column row after row. */
class FlatValues {
  readonly #column: ParquetColumn;
  #pages: { group: number; all: Page[] } | undefined;
  #latest: { page: Page; values: ArrayLike<unknown> } | undefined;

  constructor(column: ParquetColumn) {
    this.#column = column;
  }

  get name(): string {
    return this.#column.name;
  }

  async at(index: number, group: number, first: number): Promise<unknown> {
    const pages = await this.#pagesOf(group, first);
    const page = pages.findLast(({ firstRow }) => firstRow <= index) as Page;
    if (this.#latest?.page !== page) this.#latest = { page, values: await this.#column.values(page) };
    return this.#latest.values[index - page.firstRow];
  }

  async #pagesOf(group: number, first: number): Promise<readonly Page[]> {
    if (this.#pages?.group === group) return this.#pages.all;
    const all: Page[] = [];
    for await (const page of this.#column.pages(group, first)) all.push(page);
    this.#pages = { group, all };
    return all;
  }
}

function groupOf({ metadata }: ParquetFile, index: number): { group: number; first: number } {
  let first = 0;
  for (const [group, { num_rows: rows }] of metadata.row_groups.entries()) {
    if (index < first + Number(rows)) return { group, first };
    first += Number(rows);
  }
  return { group: 0, first: 0 };
}

/** Whole numbers with all of their digits, bytes as base64, times as ISO 8601. */
function json(value: unknown): string {
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Uint8Array) return JSON.stringify(Buffer.from(value).toString('base64'));
  if (Array.isArray(value)) return `[${value.map(json).join(',')}]`;
  if (typeof value !== 'object' || value === null || value instanceof Date) return JSON.stringify(value) ?? 'null';
  return `{${Object.entries(value)
    .map(([name, own]) => `${JSON.stringify(name)}:${json(own)}`)
    .join(',')}}`;
}
