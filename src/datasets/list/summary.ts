import type { DatasetSummary } from '../../shared/dataset-api';
import type { RowScores } from '../scores/row-scores';
import { Slices } from '../work/slices';
import type { Column } from './columns';

/** Of a small picture. */
const PARTS = 24;

/** How the numbers of a column are spread over the rows that have one; undefined where none has. @throws AbortError */
export async function summaryOf(
  column: Column,
  scores: RowScores,
  lines: number,
  signal: AbortSignal,
): Promise<DatasetSummary | undefined> {
  const slices = new Slices(signal);
  let [count, sum, least, most] = [0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let line = 0; line < lines; line++) {
    const value = column.value(scores, line);
    if (line % 1024 === 0) await slices.next();
    if (!Number.isFinite(value)) continue;
    count++;
    sum += value;
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  if (count === 0) return undefined;
  const parts = new Uint32Array(PARTS);
  for (let line = 0; line < lines; line++) {
    const value = column.value(scores, line);
    if (line % 1024 === 0) await slices.next();
    if (!Number.isFinite(value)) continue;
    const part = Math.min(PARTS - 1, Math.floor((PARTS * (value - least)) / (most - least || 1)));
    parts[part] = (parts[part] as number) + 1;
  }
  return { column: column.name, count, mean: sum / count, least, most, parts };
}
