import type { FilterWords, Measure } from '../../datasets/filters/filter';
import type { PresetRule } from '../../datasets/presets';
import type { Sentence } from '../../shared/errors';
import type { Decision, Thresholds } from '../../shared/filters-api';

/** What a filter has removed. */
export interface FunnelRow {
  filter: FilterWords;
  /** Why the preset has it. */
  why: Sentence;
  removed: number;
  /** Documents that are left after it. */
  left: number;
  /** Those of its measures that are on. */
  measures: { measure: Measure; threshold: number; removed: number }[];
}

/** The filters that are on, in their order. */
export function funnelRows(
  rules: readonly PresetRule[],
  { all, removed }: Decision,
  thresholds: Thresholds,
): FunnelRow[] {
  const rows: FunnelRow[] = [];
  let left = all.documents;
  let place = 0;
  for (const { filter, why } of rules) {
    const measures = filter.measures.map((measure) => ({
      measure,
      threshold: thresholds[measure.name],
      removed: removed[place++] ?? 0,
    }));
    const on = measures.filter((one): one is FunnelRow['measures'][number] => one.threshold !== undefined);
    const own = on.reduce((sum, one) => sum + one.removed, 0);
    left -= own;
    if (on.length > 0) rows.push({ filter, why, removed: own, left, measures: on });
  }
  return rows;
}
