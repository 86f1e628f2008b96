import { visibleText } from '../../display/glyphs';
import { formatBitsAlone, formatCount } from '../../display/numbers';
import { bitsOf } from '../../display/scales';
import type { SharedSpan } from '../../shared/difference-api';
import type { Screen } from '../output';
import { type GridColumn, gridRows } from '../terminal/grid';
import { shorten } from '../terminal/width';
import { ratioCell, tinted } from './token-table';

const TEXT_WIDTH = 28;

/** One part of the text a row, cut where both vocabularies cut: the bits that each model has for all of it. */
export function spanTable(text: string, spans: readonly SharedSpan[], { palette }: Screen): string[] {
  const [header = '', ...rows] = gridRows(columnsOf(text, spans));
  return [
    palette.bold(header),
    ...rows.map((row, index) => {
      const { logprobA = 0, logprobB = 0 } = spans[index] ?? {};
      return tinted(row, logprobB - logprobA, palette);
    }),
  ];
}

function columnsOf(text: string, spans: readonly SharedSpan[]): GridColumn[] {
  const column = (header: string, of: (span: SharedSpan) => string): GridColumn => ({
    header,
    align: 'end',
    cells: spans.map(of),
  });
  const label = ({ start, end }: SharedSpan) => shorten(visibleText(text.slice(start, end)), TEXT_WIDTH);
  return [
    column('from', ({ start }) => `${start}`),
    { ...column('part', label), align: 'start' },
    column('tokens A', ({ tokensA }) => formatCount(tokensA)),
    column('B', ({ tokensB }) => formatCount(tokensB)),
    column('bits A', ({ logprobA }) => formatBitsAlone(bitsOf(logprobA))),
    column('bits B', ({ logprobB }) => formatBitsAlone(bitsOf(logprobB))),
    column('ln B/A', ({ logprobA, logprobB }) => ratioCell(logprobB - logprobA)),
  ];
}
