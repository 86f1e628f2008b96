import { formatBytes } from '../../display/format-bytes';
import { formatCount, formatProbabilityShort, formatQuantity } from '../../display/numbers';
import { render } from '../../display/sentences';
import type { Decision } from '../../shared/filters-api';
import type { FunnelRow, NotApplied } from './funnel-rows';

/** What stays, in a sentence. */
export function keptSentence({ all, kept }: Decision): string {
  const share = all.documents === 0 ? '' : ` (${formatProbabilityShort(kept.documents / all.documents)})`;
  return `${formatCount(kept.documents)} of ${formatQuantity(all.documents, 'document')} stay${share}, ${formatBytes(kept.bytes)} of ${formatBytes(all.bytes)}.`;
}

/** What to do where nothing stays; undefined where something does. */
export function nothingStays(rows: readonly FunnelRow[], { all, kept }: Decision): string | undefined {
  if (kept.documents > 0 || all.documents === 0) return undefined;
  const unreadable = rows.find(({ filter }) => filter.kind === 'entry');
  if (unreadable?.left !== 0) return CHOOSE_OTHERS;
  const kinds = unreadable.measures
    .filter(({ removed }) => removed > 0)
    .map(({ measure, removed }) => `${render(measure.title)}: ${formatCount(removed)}. ${render(measure.why)}`);
  return ['No row of it can be read.', ...kinds].join(' ');
}

const CHOOSE_OTHERS =
  'No document stays. --preset chooses rules for another kind of data, and --threshold NAME=off switches one off.';

/** Which rules had no say, and why; undefined where all had. */
export function notAppliedSentence(rules: readonly NotApplied[]): string | undefined {
  if (rules.length === 0) return undefined;
  return `Not applied: ${rules.map(({ filter, why }) => `${render(filter.title)} (${why})`).join(', ')}.`;
}
