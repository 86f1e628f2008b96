/** Steps between the layers of neighbouring columns, of which the smallest is taken that fits. */
const STEPS = [1, 2, 3, 4, 5, 10, 15, 20, 30];

/**
 * The layers that have a column where not all fit: the first, then all or every so many of those from which on the model
 * knows something, with the last and the chosen one.
 *
 * @param last the model's own output
 * @param from where answers begin to stand
 * @param fits columns that there is room for
 */
export function layerColumns({
  last,
  from,
  chosen,
  fits,
}: Record<'last' | 'from' | 'chosen' | 'fits', number>): number[] {
  const every = (step: number) =>
    Array.from({ length: Math.floor((last - from) / step) + 1 }, (_, i) => from + i * step);
  const columns = (step: number) => [...new Set([0, ...every(step), last, chosen])];
  const step = STEPS.find((each) => columns(each).length <= fits) ?? last;
  return columns(step).sort((one, other) => one - other);
}
