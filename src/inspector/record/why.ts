import { askedAt, openingPlace } from '../../display/asked-place';
import type { RecordedWhy } from '../../recording/recording';
import type { Predictions } from '../../shared/engine-api';
import type { HeadAddress } from '../../shared/head-address';
import type { InspectorState, Lenses } from '../../shared/inspector-api';
import type { TracedSubject } from './subject';

/** Heads that a file holds opened: each is asked for by itself, and takes three numbers a token. */
const OPENED_HEADS = 30;

/** Why the selected token, or the one that the view opens on, is what it is; undefined where nothing stands before it. */
export async function recordWhy(
  lenses: Lenses,
  { trace, attention, heads }: TracedSubject,
  { subject, selected }: InspectorState,
  predictions: Predictions,
): Promise<RecordedWhy | undefined> {
  const position = selected.token ?? (subject && openingPlace(subject, predictions.logprob));
  if (!subject?.read || !position) return undefined;
  const asked = askedAt(predictions, subject.read.ids, position);
  if (!asked) return undefined;
  const why = await lenses.why({ trace, ...asked });
  const chosen = { layer: selected.layer ?? -1, head: selected.head ?? -1 };
  const opened: RecordedWhy['heads'] = [];
  const withAttention = strongestFirst(why.heads, heads, chosen).filter(({ layer }) => attention[layer]);
  for (const { layer, head } of withAttention.slice(0, OPENED_HEADS)) {
    opened.push({ layer, head, ...(await lenses.headSources({ trace, ...asked, layer, head })) });
  }
  return { why, heads: opened };
}

/** The chosen head before all others. @param values [layer, head] */
function strongestFirst(values: Float32Array, heads: number, chosen: HeadAddress): HeadAddress[] {
  const rank = (index: number) =>
    index === chosen.layer * heads + chosen.head ? Number.POSITIVE_INFINITY : Math.abs(values[index] ?? 0);
  return [...values.keys()]
    .sort((one, other) => rank(other) - rank(one))
    .map((index) => ({ layer: Math.floor(index / heads), head: index % heads }));
}
