import type { DatasetSummary } from '../../shared/dataset-api';
import type { RowScores } from '../scores/row-scores';
import { Slices } from '../work/slices';
import type { Column } from './columns';

/** Of a small picture. */
const PARTS = 24;
/** Of fewer different numbers a picture says nothing that the numbers do not. */
const FEWEST = 20;

/** How the numbers of a column are spread over the rows that have one; undefined where they are too few. @throws AbortError */
export async function summaryOf(
  column: Column,
  scores: RowScores,
  lines: Uint32Array,
  signal: AbortSignal,
): Promise<DatasetSummary | undefined> {
  const slices = new Slices(signal);
  const different = new Set<number>();
  let [count, least, most] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const [place, line] of lines.entries()) {
    const value = column.value(scores, line);
    if (place % 1024 === 0) await slices.next();
    if (!Number.isFinite(value)) continue;
    count++;
    if (different.size < FEWEST) different.add(value);
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  if (different.size < FEWEST) return undefined;
  const parts = new Uint32Array(PARTS);
  for (const [place, line] of lines.entries()) {
    const value = column.value(scores, line);
    if (place % 1024 === 0) await slices.next();
    if (!Number.isFinite(value)) continue;
    const part = Math.min(PARTS - 1, Math.floor((PARTS * (value - least)) / (most - least)));
    parts[part] = (parts[part] as number) + 1;
  }
  return { column: column.name, count, least, most, parts };
}
