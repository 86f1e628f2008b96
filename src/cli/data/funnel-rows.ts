import type { Filter, Measure } from '../../datasets/filters/filter';
import type { PresetRule } from '../../datasets/presets';
import type { DocumentText } from '../../datasets/text/document-text';
import type { Sentence } from '../../shared/errors';
import type { Decision, LanguageCount, Thresholds } from '../../shared/filters-api';
import type { CountedTokens } from './count-tokens';

/** What a filter has removed. */
export interface FunnelRow {
  filter: Filter<DocumentText>;
  /** Why the preset has it. */
  why: Sentence;
  removed: number;
  /** Documents that are left after it. */
  left: number;
  /** Those of its measures that are on. */
  measures: { measure: Measure; threshold: number; removed: number }[];
}

/** What rules make of a data set. */
export interface FunnelResult {
  /** Of the data set. */
  name: string;
  /** How documents are found in it. */
  reading: Sentence;
  rows: readonly FunnelRow[];
  /** What rules cannot find. */
  limits: readonly Sentence[];
  notApplied: readonly NotApplied[];
  decision: Decision;
  /** Of the documents that go by theirs, the most frequent first. */
  languages: readonly LanguageCount[];
  /** Undefined where they were not counted. */
  tokens: CountedTokens | undefined;
}

/** A rule that had no say. */
export interface NotApplied {
  filter: Filter<DocumentText>;
  why: string;
}

/** The rules that are not on. @param needOf the option that would give a rule what it has to read; undefined where it lacks nothing */
export function notApplied(
  rules: readonly PresetRule[],
  thresholds: Thresholds,
  needOf: (rule: PresetRule) => string | undefined,
): NotApplied[] {
  return rules
    .filter(({ filter }) => filter.measures.every(({ name }) => thresholds[name] === undefined))
    .map((rule) => {
      const need = needOf(rule);
      const isOffInPreset = Object.keys(rule.thresholds).length === 0;
      const why = need ? `no ${need}` : isOffInPreset ? 'off in this preset' : 'switched off';
      return { filter: rule.filter, why };
    });
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
