/** What a cell of a table holds; undefined, and numbers that are not finite, are empty. */
export type CsvCell = string | number | boolean | undefined;

/** How a text begins that spreadsheets take for a formula, and run. */
const FORMULA = /^[=+\-@\t\r]/;

/**
 * A row as RFC 4180 has it, without its end: every text is in quotes, numbers are as JavaScript writes them.
 *
 * @param isGuarded whether a text that a spreadsheet would take for a formula gets an apostrophe before it, which alters it
 */
export function csvRow(cells: readonly CsvCell[], { isGuarded }: { isGuarded: boolean }): string {
  return cells.map((cell) => csvCell(cell, isGuarded)).join(',');
}

function csvCell(cell: CsvCell, isGuarded: boolean): string {
  if (typeof cell === 'string') {
    const text = isGuarded && FORMULA.test(cell) ? `'${cell}` : cell;
    return `"${text.replaceAll('"', '""')}"`;
  }
  return typeof cell === 'number' && !Number.isFinite(cell) ? '' : `${cell ?? ''}`;
}
