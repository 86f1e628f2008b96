import type { Table } from '../../export/table';
import { t } from '../../l10n';
import type { ViewStore } from '../../store/view-store';
import { pathTo, textsOf } from './branches';
import { logprobOf } from './next-rows';
import type { Place } from './place';
import type { Player } from './player';
import { askedModelOf } from './writer';

/** The tokens that were drawn, and the whole distribution of the next one, before and after sampling. */
export function continuationTables({ place, draw }: Player, { lenses, state }: ViewStore): Table[] {
  if (!place || !draw) return [];
  const { writer, order, logprobs } = place;
  const path = pathTo(place.end);
  const isOfTwo = path.some(({ writer: name }) => name !== '');
  const isOfOther = writer.side === 'b';
  return [
    {
      label: t('Continuation'),
      name: 'tokens',
      columns: ['id', 'text', 'logprob', 'rank', 'drawnWith', ...(isOfTwo ? ['writer'] : [])],
      rows: () => {
        const texts = textsOf(path);
        return path.map(({ id, logprob, rank, drawnWith, writer: name }, i) => {
          return [id, texts[i], logprob, rank, drawnWith, ...(isOfTwo ? [name || state.model?.name] : [])];
        });
      },
    },
    {
      label: t('Distribution'),
      name: 'distribution',
      columns: ['rank', 'id', 'text', 'logprob', 'afterSampling', ...(isOfOther ? ['writer'] : [])],
      rows: async () => {
        const texts = await lenses.describe({ ids: [...order], ...askedModelOf(writer) });
        return order.map((id, rank) => [
          rank,
          id,
          texts[rank]?.text,
          logprobs[id],
          draw.left[rank]?.probability,
          ...(isOfOther ? [writer.name] : []),
        ]);
      },
    },
  ];
}

/** Every token of one vocabulary under both models, in the order of A. */
export function nextTokensTable(a: Place, b: Place, { lenses }: ViewStore): Table {
  return {
    label: t('Next tokens of both'),
    name: 'next-tokens',
    columns: ['id', 'text', 'logprobA', 'logprobB', 'logRatio', 'rankA', 'rankB'],
    rows: async () => {
      const texts = await lenses.describe({ ids: [...a.order] });
      const ranks = new Map(b.order.map((id, rank) => [id, rank]));
      return a.order.map((id, rank) => {
        const [ofA, ofB] = [logprobOf(a, id), logprobOf(b, id)];
        return [id, texts[rank]?.text, ofA, ofB, ofB - ofA, rank, ranks.get(id)];
      });
    },
  };
}
