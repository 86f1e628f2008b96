/** Numbers of a view: a row an entry, a value a column; what is undefined is empty. */
export interface Table {
  /** Of the file, without its extension. */
  name: string;
  columns: readonly string[];
  rows: readonly (readonly (string | number | undefined)[])[];
}

/** What a view offers as tables. */
export interface HasTables {
  tables(): Table[];
}

/** RFC 4180, UTF-8, numbers as JavaScript writes them. A text that a spreadsheet would take for a formula gets a quote before it. */
export function csvOf({ columns, rows }: Table): string {
  return [columns, ...rows].map((row) => row.map(csvCell).join(',')).join('\r\n');
}

export function jsonOf({ columns, rows }: Table): string {
  return JSON.stringify(
    rows.map((row) => Object.fromEntries(columns.map((column, i) => [column, row[i] ?? null]))),
    null,
    1,
  );
}

function csvCell(value: string | number | undefined): string {
  if (value === undefined || typeof value === 'number') return Number.isNaN(value) ? '' : `${value ?? ''}`;
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
