import { sortedLines } from '../list/order';
import { type Decided, type Measured, pieces } from './decide';

/**
 * Documents, those first of which a measure has found most of what it removes for, by its place.
 *
 * @param reason for which they go, 0 of those that stay. @throws AbortError
 */
export async function orderBy(
  { columns, numbers, modelNumber }: Measured,
  { reasons }: Decided,
  { place, reason }: { place: number; reason: number },
  signal: AbortSignal,
): Promise<Uint32Array> {
  const column = columns.measures[place];
  if (!column) return new Uint32Array();
  const values = new Float32Array(numbers.documents);
  for (const piece of pieces(numbers, column.column, modelNumber)) values.set(piece.values, piece.from);
  const isDescending = column.measure.removes === 'above';
  const indexes = indexesWhere(reasons, (own) => own === reason);
  const { order } = await sortedLines(indexes, (index) => values[index] as number, isDescending, signal);
  return order;
}

/** The documents whose reason is one that is asked for, in the order of the data set. */
export function indexesWhere(reasons: Uint8Array, isAsked: (reason: number) => boolean): Uint32Array {
  let count = 0;
  for (const reason of reasons) if (isAsked(reason)) count++;
  const indexes = new Uint32Array(count);
  for (let index = 0, at = 0; index < reasons.length; index++) {
    if (isAsked(reasons[index] as number)) indexes[at++] = index;
  }
  return indexes;
}
