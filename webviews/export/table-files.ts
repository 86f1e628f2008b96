import { type Provenance, provenanceLines } from '../../src/recording/provenance';
import { single } from '../../src/recording/single';
import { csvRow } from '../../src/shared/csv';
import type { Cell, Row, Table } from './table';

/** What is in a table by now, and what it comes from. */
export interface TableContents extends Pick<Table, 'columns'> {
  rows: readonly Row[];
  provenance: Provenance;
}

/**
 * In UTF-8, after the lines of its provenance, which begin with `#`.
 *
 * @param isGuarded as `csvRow` has it
 */
export function csvOf({ columns, rows, provenance }: TableContents, isGuarded: boolean): string {
  const line = (row: Row) =>
    csvRow(
      columns.map((_, i) => jsonCell(row[i]) ?? undefined),
      { isGuarded },
    );
  const comments = provenanceLines(provenance).map((text) => `# ${text}`);
  return [...comments, line(columns), ...rows.map(line), ''].join('\r\n');
}

export function jsonOf({ columns, rows, provenance }: TableContents): string {
  const objects = rows.map((row) => Object.fromEntries(row.map((cell, i) => [columns[i], jsonCell(cell)])));
  return `{"provenance":${JSON.stringify(provenance)},\n"rows":[\n${objects.map((each) => JSON.stringify(each)).join(',\n')}\n]}\n`;
}

function jsonCell(cell: Cell): string | number | boolean | null {
  if (typeof cell === 'string' || typeof cell === 'boolean') return cell;
  if (cell === undefined || !Number.isFinite(cell)) return null;
  return Number.isInteger(cell) ? cell : single(cell);
}
