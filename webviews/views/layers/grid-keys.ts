/** A cell by its place among the rows and the columns. */
export interface GridPlace {
  row: number;
  column: number;
}

/**
 * Where a key leads in a grid, as far as the grid goes; undefined for keys that lead nowhere.
 *
 * @param last the place at the end of both
 * @param page rows that are in view
 */
export function gridPlaceAfter(
  { key, ctrlKey }: Pick<KeyboardEvent, 'key' | 'ctrlKey'>,
  { row, column }: GridPlace,
  last: GridPlace,
  page: number,
): GridPlace | undefined {
  const places: Record<string, GridPlace> = {
    ArrowUp: { row: row - 1, column },
    ArrowDown: { row: row + 1, column },
    ArrowLeft: { row, column: column - 1 },
    ArrowRight: { row, column: column + 1 },
    PageUp: { row: row - page, column },
    PageDown: { row: row + page, column },
    Home: { row: ctrlKey ? 0 : row, column: 0 },
    End: { row: ctrlKey ? last.row : row, column: last.column },
  };
  const place = places[key];
  return place && { row: within(place.row, last.row), column: within(place.column, last.column) };
}

function within(index: number, last: number): number {
  return Math.min(last, Math.max(0, index));
}
