import type { FilterMeasure } from '../../shared/filters-api';
import { type Measured, pieces } from './decide';

/**
 * How many documents have a number in each of some equal parts of a measure's slider; what lies beyond it is in the first or
 * the last, and what has no number in none.
 */
export function histogram({ columns, numbers, modelNumber }: Measured, name: string, parts: number): Uint32Array {
  const counts = new Uint32Array(parts);
  const found = columns.measures.find(({ measure }) => measure.name === name);
  if (!found) return counts;
  for (const { values } of pieces(numbers, found.column, modelNumber)) {
    for (const value of values) {
      const part = partOf(value, found.measure, parts);
      if (!Number.isNaN(part)) counts[part] = (counts[part] as number) + 1;
    }
  }
  return counts;
}

function partOf(value: number, { slider: { minimum, maximum } }: FilterMeasure, parts: number): number {
  const part = Math.floor(((value - minimum) / (maximum - minimum)) * parts);
  return Math.min(parts - 1, Math.max(0, part));
}
