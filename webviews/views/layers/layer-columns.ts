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
  const always = [0, chosen, last];
  const every = (step: number) =>
    Array.from({ length: Math.floor((last - from) / step) + 1 }, (_, i) => from + i * step);
  const choices = STEPS.map((step) => [...new Set([...always, ...every(step)])]);
  const columns = choices.find(({ length }) => length <= fits) ?? [...new Set(always)];
  return columns.sort((one, other) => one - other);
}
