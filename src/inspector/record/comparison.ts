import type { RecordedComparison } from '../../recording/recording';
import type { Comparisons, MeasuredDivergence } from '../../shared/comparisons';
import type { ComparisonState } from '../../shared/inspector-api';

/** Who knows what both models say of the text, and what was measured of them. */
export interface ComparedSources {
  differences: Comparisons['differences'];
  measured: MeasuredDivergence[];
}

/** What both models say of the text; undefined where nothing is compared, or the other model could not be opened. */
export async function recordComparison(
  comparison: ComparisonState | undefined,
  sources: ComparedSources | undefined,
  task: number,
): Promise<RecordedComparison | undefined> {
  if (!sources || !comparison || comparison.reading.kind === 'failed') return undefined;
  const differences = await sources.differences({ task });
  const spans = differences.sameVocabulary ? [] : differences.spans;
  return { differences: { ...differences, spans }, measured: sources.measured };
}
