import type { Table } from '../../export/table';
import type { TokenText } from '../../kit/subject-tokens';
import { t } from '../../l10n';
import type { LensWindows } from './lens-windows';

/** What has been computed of the grid so far: a row a token and layer; ranks count from 1, as they are shown. */
export function lensTable(windows: LensWindows, tokens: readonly TokenText[]): Table {
  const rows = [...windows.rows()].sort((one, other) => one.position - other.position);
  return {
    name: t('Layers'),
    columns: ['position', 'text', 'layer', 'id', 'says', 'logprob', 'next', 'next logprob', 'next rank'],
    rows: rows.flatMap(({ position, cells }) =>
      cells.map(({ layer, top: [best], nextLogprob, nextRank }) => {
        const next = tokens[position + 1]?.text;
        const says = best && [best.id, windows.labelOf(best.id), best.logprob];
        return [
          position,
          tokens[position]?.text,
          layer,
          ...(says ?? [undefined, undefined, undefined]),
          next,
          nextLogprob,
          next === undefined ? undefined : nextRank + 1,
        ];
      }),
    ),
  };
}
