/* What a grid says at a glance. Ratios are [layer, column]; NaN where nothing is known. */

/** More than half of the answer is where it is said to be. */
const HALF = 0.5;

/** A cell of the grid and what it restores. */
export interface Finding {
  layer: number;
  column: number;
  ratio: number;
}

/** The cell that does most, for or against. */
export function largest(ratios: ArrayLike<number>, columns: number): Finding | undefined {
  let found: Finding | undefined;
  for (let i = 0; i < ratios.length; i++) {
    const ratio = ratios[i] ?? Number.NaN;
    if (Math.abs(ratio) > Math.abs(found?.ratio ?? 0))
      found = { layer: Math.floor(i / columns), column: i % columns, ratio };
  }
  return found;
}

/** The cell to look at first: where the answer has arrived at the last column, or the one that does most. */
export function telling(ratios: ArrayLike<number>, columns: number): Finding | undefined {
  const moves = handover(ratios, columns);
  if (!moves) return largest(ratios, columns);
  const column = columns - 1;
  return { layer: moves.first, column, ratio: ratios[moves.first * columns + column] ?? Number.NaN };
}

/**
 * How the answer moves through the residual stream: the last layer that it enters at the column where it begins, and the
 * first from which on it is at the last column. Undefined where it is not seen to move.
 */
export function handover(
  ratios: ArrayLike<number>,
  columns: number,
): { column: number; last: number; first: number } | undefined {
  const layers = ratios.length / columns;
  const at = (layer: number, column: number) => ratios[layer * columns + column] ?? Number.NaN;
  const starts = Array.from({ length: columns }, (_, column) => at(0, column));
  const column = starts.indexOf(Math.max(...starts.filter((ratio) => ratio >= HALF)));
  if (column < 0 || column === columns - 1) return undefined;
  let last = 0;
  while (last + 1 < layers && at(last + 1, column) >= HALF) last++;
  let first = layers;
  while (first > 0 && at(first - 1, columns - 1) >= HALF) first--;
  return first < layers ? { column, last, first } : undefined;
}
