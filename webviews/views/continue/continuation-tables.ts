import type { Table } from '../../export/table';
import { t } from '../../l10n';
import { pathTo, textsOf } from './branches';
import type { Player } from './player';

/** The tokens that were drawn, and the whole distribution of the next one, before and after sampling. */
export function continuationTables({ place, draw }: Player): Table[] {
  if (!place || !draw) return [];
  const path = pathTo(place.end);
  const texts = textsOf(path);
  return [
    {
      name: t('Continuation'),
      columns: ['id', 'text', 'logprob', 'rank', 'drawnWith'],
      rows: path.map(({ id, logprob, rank, drawnWith }, i) => [id, texts[i], logprob, rank, drawnWith]),
    },
    {
      name: t('Distribution'),
      columns: ['rank', 'id', 'logprob', 'afterSampling'],
      rows: place.order.map((id, rank) => [rank, id, place.logprobs[id], draw.left[rank]?.probability]),
    },
  ];
}
