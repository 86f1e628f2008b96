import type { DataAmount, Decision, Thresholds } from '../../shared/filters-api';
import { type Copies, clustersOf } from '../duplicates/clusters';
import type { FilterWords } from '../filters/filter';
import { BYTES_COLUMN, type Columns } from './columns';
import { BLOCK_DOCUMENTS, type Numbers } from './numbers';

/** What was measured of a data set, as far as it has been read. */
export interface Measured {
  columns: Columns;
  numbers: Numbers;
  /** Of filters that find copies, once all documents are read. */
  copies: ReadonlyMap<FilterWords, Copies>;
  /** What a model has found of a document; NaN while it has not. */
  modelNumber: (index: number) => number;
}

/** Which documents thresholds remove, and of which measure. */
export interface Decided extends Decision {
  asked: Thresholds;
  /** Of each document the place of the measure that is the reason, plus one; 0 of one that stays. */
  reasons: Uint8Array;
  /** By the place of its measure: of each document the first of its cluster. */
  clusters: Map<number, Uint32Array>;
}

/**
 * Decides of what was measured: of a document the first measure that its threshold does not let pass is the reason. Of
 * copies the first is kept that all measures before let through.
 */
export function decide({ columns, numbers, copies, modelNumber }: Measured, asked: Thresholds): Decided {
  const reasons = new Uint8Array(numbers.documents);
  const clusters: Decided['clusters'] = new Map();
  for (const [place, { measure, filter, column }] of columns.measures.entries()) {
    const threshold = asked[measure.name];
    if (threshold === undefined) continue;
    const found = copies.get(filter);
    if (found) {
      const firsts = clustersOf(found, reasons.length, (index) => reasons[index] === 0, threshold);
      clusters.set(place, firsts);
      for (let i = 0; i < reasons.length; i++) if (reasons[i] === 0 && firsts[i] !== i) reasons[i] = place + 1;
      continue;
    }
    // Numbers are kept as float32, and 0.3 is no less than 0.3.
    const limit = Math.fround(threshold);
    for (const { from, values } of pieces(numbers, column, modelNumber)) {
      const own = reasons.subarray(from, from + values.length);
      if (measure.removes === 'above') removeAbove(own, values, limit, place + 1);
      else removeBelow(own, values, limit, place + 1);
    }
  }
  return {
    ...amounts(numbers, reasons),
    removed: removedOf(reasons, columns.measures.length),
    asked,
    reasons,
    clusters,
  };
}

/** A column piece by piece; an array is there until the next. @param column undefined for the model's */
export function* pieces(
  numbers: Numbers,
  column: number | undefined,
  modelNumber: Measured['modelNumber'],
): Generator<{ from: number; values: Float32Array }> {
  const piece = new Float32Array(BLOCK_DOCUMENTS);
  for (let from = 0; from < numbers.documents; from += BLOCK_DOCUMENTS) {
    const values = piece.subarray(0, Math.min(BLOCK_DOCUMENTS, numbers.documents - from));
    if (column !== undefined) numbers.read(column, from, values);
    else for (let i = 0; i < values.length; i++) values[i] = modelNumber(from + i);
    yield { from, values };
  }
}

function removeAbove(reasons: Uint8Array, values: Float32Array, limit: number, reason: number): void {
  for (let i = 0; i < reasons.length; i++) {
    if (reasons[i] === 0 && (values[i] as number) > limit) reasons[i] = reason;
  }
}

function removeBelow(reasons: Uint8Array, values: Float32Array, limit: number, reason: number): void {
  for (let i = 0; i < reasons.length; i++) {
    if (reasons[i] === 0 && (values[i] as number) < limit) reasons[i] = reason;
  }
}

function amounts(numbers: Numbers, reasons: Uint8Array): { all: DataAmount; kept: DataAmount } {
  const all = { documents: reasons.length, bytes: 0 };
  const kept = { documents: 0, bytes: 0 };
  for (const { from, values } of pieces(numbers, BYTES_COLUMN, () => Number.NaN)) {
    for (let i = 0; i < values.length; i++) {
      const bytes = values[i] as number;
      all.bytes += bytes;
      if (reasons[from + i] !== 0) continue;
      kept.bytes += bytes;
      kept.documents++;
    }
  }
  return { all, kept };
}

function removedOf(reasons: Uint8Array, measures: number): Uint32Array {
  const removed = new Uint32Array(measures + 1);
  for (const reason of reasons) removed[reason] = (removed[reason] as number) + 1;
  return removed.slice(1);
}
