import { CsvError, parse } from 'csv-parse/sync';
import { sentence, VitrineError } from '../../shared/errors';
import { type Line, LineFile } from '../file/line-file';
import { problem } from '../file/problem';
import { CsvScanner } from '../file/scan-csv';
import { beginningOf } from './beginning';
import { type LineReader, LineSource } from './line-source';
import { textField, wellFormed } from './text-of-row';

/** As many rows say which column is the text. */
const FIRST_ROWS = 100;

/** What stands between two cells: a comma, and in many countries a semicolon. */
const DELIMITERS = [',', ';', '\t', '|'];

/** A name of a column is no text of its own. */
const LONGEST_NAME = 100;

/**
 * A table with cells between commas, semicolons, tabs or bars, whichever is the most frequent in its first line. Its first row
 * has the names of its columns, unless a cell of it is empty, there twice, a number, or too long for a name; `textField` finds
 * the one that is the text.
 *
 * @throws VitrineError `dataset.unreadable`, `dataset.utf16`
 */
export async function openCsv(path: string): Promise<LineSource> {
  const delimiter = delimiterOf(await beginningOf(path));
  const file = await LineFile.open(path, (offsets) => new CsvScanner(offsets, delimiter));
  const work = { signal: new AbortController().signal, progress: () => {} };
  await file.index(work, () => file.offsets.count > 1);
  const first = (await file.lines(0, FIRST_ROWS)).map((line) => cellsOf(line, delimiter) ?? []);
  const isNamed = areNames(first[0] ?? []);
  const widest = first.reduce((most, { length }) => Math.max(most, length), 0);
  const names = Array.from({ length: widest }, (_, i) => (isNamed && first[0]?.[i]) || nameOf(i));
  const rows = first.slice(isNamed ? 1 : 0).map((cells) => rowOf(cells, names));
  return new LineSource(file, readerOf(names, textField(rows) ?? names[0] ?? nameOf(0), delimiter), isNamed ? 1 : 0);
}

function readerOf(names: readonly string[], field: string, delimiter: string): LineReader {
  const column = Math.max(0, names.indexOf(field));
  return {
    holds: 'texts',
    isJsonLine: false,
    reading: sentence`The text of a row is its column "${field}".`,
    field,
    text: (line) => {
      const cells = cellsOf(line, delimiter);
      if (!cells) return { text: line.text, problem: problem('malformed', NO_ROW) };
      const text = cells[column];
      if (text !== undefined) return wellFormed(text);
      const why = sentence`This row has no column "${field}": it has only ${cells.length} cells.`;
      return { text: line.text, problem: problem('no_text', why) };
    },
    entry: (line) => {
      const cells = cellsOf(line, delimiter);
      if (!cells) throw new VitrineError('dataset.line', NO_ROW);
      return JSON.stringify(rowOf(cells, names));
    },
  };
}

const NO_ROW = sentence`The quotes of this row do not match. Close each one, and write a quote within quotes twice.`;

/** Undefined of what is no row. */
function cellsOf({ text }: Line, delimiter: string): string[] | undefined {
  try {
    const rows: string[][] = parse(text, {
      delimiter,
      relaxColumnCount: true,
      relaxQuotes: true,
      skipEmptyLines: true,
    });
    return rows.length === 1 ? rows[0] : undefined;
  } catch (error) {
    if (error instanceof CsvError) return undefined;
    throw error;
  }
}

function rowOf(cells: readonly string[], names: readonly string[]): Record<string, string> {
  return Object.fromEntries(cells.map((cell, i) => [names[i] ?? nameOf(i), cell]));
}

const nameOf = (column: number) => `column ${column + 1}`;

function areNames(cells: readonly string[]): boolean {
  const isName = (cell: string) => cell.trim() !== '' && cell.length <= LONGEST_NAME && Number.isNaN(Number(cell));
  return cells.every(isName) && new Set(cells).size === cells.length;
}

function delimiterOf(beginning: string): string {
  const [line = ''] = beginning.split('\n', 1);
  const unquoted = line.replaceAll(/"[^"]*"/g, '');
  const count = (delimiter: string) => unquoted.split(delimiter).length;
  return DELIMITERS.reduce((most, delimiter) => (count(delimiter) > count(most) ? delimiter : most));
}
