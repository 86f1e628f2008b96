import { type Provenance, provenanceLines } from '../../src/recording/provenance';
import { single } from '../../src/recording/single';
import type { Cell, Row, Table } from './table';

/** What is in a table by now, and what it comes from. */
export interface TableContents extends Pick<Table, 'columns'> {
  rows: readonly Row[];
  provenance: Provenance;
}

/**
 * RFC 4180 in UTF-8, after the lines of its provenance, which begin with `#`. Every text is in quotes and as it is, numbers are as JavaScript
 * writes them, and what is undefined is empty.
 *
 * @param guard whether a text that a spreadsheet would take for a formula gets an apostrophe before it
 */
export function csvOf({ columns, rows, provenance }: TableContents, guard: boolean): string {
  const line = (row: Row) => columns.map((_, i) => csvCell(row[i], guard)).join(',');
  const comments = provenanceLines(provenance).map((text) => `# ${text}`);
  return [...comments, line(columns), ...rows.map(line), ''].join('\r\n');
}

export function jsonOf({ columns, rows, provenance }: TableContents): string {
  const objects = rows.map((row) => Object.fromEntries(row.map((cell, i) => [columns[i], jsonCell(cell)])));
  return `{"provenance":${JSON.stringify(provenance)},\n"rows":[\n${objects.map((each) => JSON.stringify(each)).join(',\n')}\n]}\n`;
}

function csvCell(cell: Cell, guard: boolean): string {
  if (typeof cell !== 'string') return `${jsonCell(cell) ?? ''}`;
  const text = guard && /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return `"${text.replaceAll('"', '""')}"`;
}

function jsonCell(cell: Cell): string | number | boolean | null {
  if (typeof cell === 'string' || typeof cell === 'boolean') return cell;
  if (cell === undefined || !Number.isFinite(cell)) return null;
  return Number.isInteger(cell) ? cell : single(cell);
}
