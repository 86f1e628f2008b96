import { TRACKED_KEYS } from '../../src/model/graphs/ports';

/* What the graphs compute of an attention pattern, in plain steps. */

/** The keys tracked for a query, in the order of TRACKED_KEYS; key 0 where the query has no such key. */
export function trackedKeysOf(ids: readonly number[], query: number): number[] {
  const copy = query === 0 ? -1 : ids.lastIndexOf(ids[query] as number, query - 1);
  const keys = { previous: Math.max(0, query - 1), first: 0, self: query, induction: copy + 1 };
  return TRACKED_KEYS.map((name) => keys[name]);
}

/** A pattern's rows. */
export const rowsOf = (pattern: Float32Array, columns: number): Float32Array[] =>
  Array.from({ length: pattern.length / columns }, (_, row) => pattern.subarray(row * columns, (row + 1) * columns));

/** The weights in every block of a pattern, blocks in the order of rows; the last ones may be smaller. */
export function blocksOf(pattern: Float32Array, columns: number, blockRows: number, blockColumns: number): number[][] {
  const rows = rowsOf(pattern, columns);
  const across = Math.ceil(columns / blockColumns);
  return Array.from({ length: Math.ceil(rows.length / blockRows) * across }, (_, block) => {
    const firstRow = Math.floor(block / across) * blockRows;
    const firstColumn = (block % across) * blockColumns;
    const ofBlock = rows.slice(firstRow, firstRow + blockRows);
    return ofBlock.flatMap((row) => [...row.subarray(firstColumn, firstColumn + blockColumns)]);
  });
}

/** The pattern without the weights on key 0. */
export const withoutFirstKey = (pattern: Float32Array, columns: number): Float32Array =>
  pattern.map((weight, at) => (at % columns === 0 ? 0 : weight));

/** In bits. */
export const entropyOf = (weights: Float32Array): number =>
  sum(weights.map((weight) => (weight > 0 ? -weight * Math.log2(weight) : 0)));

export const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((total, value) => total + value, 0);
export const largest = (values: readonly number[]): number => Math.max(...values);
export const mean = (values: readonly number[]): number => sum(values) / values.length;
