import type { Subject } from '../../../src/shared/inspector-api';
import type { Table } from '../../export/table';
import { TOKEN_COLUMNS, tokenCells } from '../../export/token-cells';
import { t } from '../../l10n';
import type { LensWindows } from './lens-windows';

const LENS_COLUMNS = ['layer', 'topId', 'topText', 'topLogprob', 'nextId', 'nextText', 'nextLogprob', 'nextRank'];
/** What comes after the text. */
const UNKNOWN = [undefined, undefined, undefined, undefined];

/** A row a token and layer: what the model would say there, and what it thinks of the token that in truth comes next. */
export function lensTable(windows: LensWindows, subject: Subject, positions: readonly number[]): Table {
  return {
    label: t('Layers'),
    name: 'layers',
    columns: [...TOKEN_COLUMNS, ...LENS_COLUMNS],
    rows: async (work) => {
      const rows = await windows.rowsOf(positions, work);
      return rows.flatMap(({ position, cells }) => {
        const token = tokenCells(subject, position);
        const [, nextId, nextText] = tokenCells(subject, position + 1);
        return cells.map(({ layer, top: [best], nextLogprob, nextRank }) => [
          ...token,
          layer,
          best?.id,
          best && windows.textOf(best.id),
          best?.logprob,
          ...(nextId === undefined ? UNKNOWN : [nextId, nextText, nextLogprob, nextRank]),
        ]);
      });
    },
  };
}
