/** Steps between the layers of neighbouring columns, of which the smallest is taken that fits. */
const STEPS = [1, 2, 3, 4, 5, 10, 15, 20, 30];

export interface LayerColumns {
  /** The model's own output. */
  last: number;
  /** Where answers begin to stand. */
  from: number;
  /** Layers from which true next tokens stay the first guess, the most telling first. */
  settling: readonly number[];
  chosen: number;
  /** Columns that there is room for. */
  fits: number;
}

/**
 * The layers that have a column where not all fit: the first, the chosen and the last, then those where something happens,
 * and with what room is left all or every so many of those from which on the model knows something, and every so many of
 * those before.
 */
export function layerColumns({ last, from, settling, chosen, fits }: LayerColumns): number[] {
  const columns = new Set([0, chosen, last]);
  for (const layer of settling) if (columns.size < fits) columns.add(layer);
  const every = (step: number, first: number) =>
    Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, i) => first + i * step);
  const telling = every(1, from);
  const choices = [...STEPS.map((step) => [...telling, ...every(step, 0)]), ...STEPS.map((step) => every(step, from))];
  const filled = choices.map((layers) => new Set([...columns, ...layers])).find(({ size }) => size <= fits);
  return [...(filled ?? columns)].sort((one, other) => one - other);
}
