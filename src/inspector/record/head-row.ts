import { openingHead } from '../../display/head-roles';
import type { RecordedHeadRow } from '../../recording/recording';
import type { HeadSummary } from '../../shared/engine-api';
import type { HeadAddress } from '../../shared/head-address';
import type { Lenses } from '../../shared/inspector-api';
import type { TracedSubject } from './subject';

/** How the weights of the selected token come about, or else of the last one, in the chosen head or the one that the view opens on. */
export async function recordHeadRow(
  lenses: Lenses,
  { trace, tokens, selected, attention }: TracedSubject,
  summaries: readonly HeadSummary[],
  chosen: HeadAddress | undefined,
): Promise<RecordedHeadRow | undefined> {
  const address = chosen ?? openingHead(summaries)?.summary;
  if (!address || !attention[address.layer]) return undefined;
  const asked = { layer: address.layer, head: address.head, query: selected ?? tokens - 1 };
  return { ...asked, row: await lenses.headRow({ trace, ...asked }) };
}
