import { sortedLines } from '../list/order';
import { type Decided, type Measured, pieces } from './decide';

/** Documents that a measure removes, the most extreme first. @param place of the measure. @throws AbortError */
export function removedOrder(
  measured: Measured,
  { reasons }: Decided,
  place: number,
  signal: AbortSignal,
): Promise<Uint32Array> {
  return extremesFirst(
    measured,
    indexesWhere(reasons, (reason) => reason === place + 1),
    place,
    signal,
  );
}

/** Documents that stay, those first of which a measure has found nearly enough. @param place of the measure. @throws AbortError */
export function keptOrder(
  measured: Measured,
  { reasons }: Decided,
  place: number,
  signal: AbortSignal,
): Promise<Uint32Array> {
  return extremesFirst(
    measured,
    indexesWhere(reasons, (reason) => reason === 0),
    place,
    signal,
  );
}

async function extremesFirst(
  { columns, numbers, modelNumber }: Measured,
  indexes: Uint32Array,
  place: number,
  signal: AbortSignal,
): Promise<Uint32Array> {
  const column = columns.measures[place];
  if (!column) return new Uint32Array();
  const values = new Float32Array(numbers.documents);
  for (const piece of pieces(numbers, column.column, modelNumber)) values.set(piece.values, piece.from);
  const isDescending = column.measure.removes === 'above';
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
