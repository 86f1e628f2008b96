import type { Lenses } from '../../../src/shared/inspector-api';
import type { Table } from '../../export/table';
import { t } from '../../l10n';
import { pathTo, textsOf } from './branches';
import type { Player } from './player';

/** The tokens that were drawn, and the whole distribution of the next one, before and after sampling. */
export function continuationTables({ place, draw }: Player, lenses: Lenses): Table[] {
  if (!place || !draw) return [];
  const path = pathTo(place.end);
  return [
    {
      label: t('Continuation'),
      name: 'tokens',
      columns: ['id', 'text', 'logprob', 'rank', 'drawnWith'],
      rows: () => {
        const texts = textsOf(path);
        return path.map(({ id, logprob, rank, drawnWith }, i) => [id, texts[i], logprob, rank, drawnWith]);
      },
    },
    {
      label: t('Distribution'),
      name: 'distribution',
      columns: ['rank', 'id', 'text', 'logprob', 'afterSampling'],
      rows: async () => {
        const texts = await lenses.describe({ ids: [...place.order] });
        return place.order.map((id, rank) => [
          rank,
          id,
          texts[rank]?.text,
          place.logprobs[id],
          draw.left[rank]?.probability,
        ]);
      },
    },
  ];
}
