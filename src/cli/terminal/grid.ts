import { padEnd, padStart, widthOf } from './width';

/** A column of a table, and what is in it. */
export interface GridColumn {
  header: string;
  align: 'start' | 'end';
  cells: readonly string[];
}

/** Between columns. */
export const GAP = '  ';

/** What the widest cell, or the header, takes. */
function columnWidth({ header, cells }: GridColumn): number {
  return cells.reduce((widest, cell) => Math.max(widest, widthOf(cell)), widthOf(header));
}

/** The rows of a table; the first has the headers. */
export function gridRows(columns: readonly GridColumn[], gap = GAP): string[] {
  const padded = columns.map((column) => {
    const width = columnWidth(column);
    const pad = column.align === 'start' ? padEnd : padStart;
    return [column.header, ...column.cells].map((cell) => pad(cell, width));
  });
  const count = Math.max(0, ...padded.map((cells) => cells.length));
  return Array.from({ length: count }, (_, row) =>
    padded
      .map((cells) => cells[row] ?? '')
      .join(gap)
      .trimEnd(),
  );
}
