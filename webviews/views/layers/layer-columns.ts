/** Steps between the layers of neighbouring columns, of which the smallest is taken that fits. */
const STEPS = [1, 2, 3, 4, 5, 10, 15, 20, 30];

/**
 * The layers that have a column: all, or every so many; the first, the last and the chosen one always.
 *
 * @param last the model's own output
 * @param fits columns that there is room for
 */
export function layerColumns(last: number, chosen: number | undefined, fits: number): number[] {
  const every = (step: number) => Array.from({ length: Math.floor(last / step) + 1 }, (_, i) => i * step);
  const columns = (step: number) => [...new Set([...every(step), last, ...(chosen === undefined ? [] : [chosen])])];
  const step = STEPS.find((each) => columns(each).length <= fits) ?? last;
  return columns(step).sort((one, other) => one - other);
}
