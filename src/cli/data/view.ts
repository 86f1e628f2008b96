import { formatBytes } from '../../display/format-bytes';
import { safeText } from '../../display/glyphs';
import { formatCount, formatProbabilityShort, formatQuantity, spokenDigits } from '../../display/numbers';
import { render } from '../../display/sentences';
import type { Decision } from '../../shared/filters-api';
import type { Screen } from '../output';
import { GAP, gridRows } from '../terminal/grid';
import { widthOf, wrapText } from '../terminal/width';
import type { FunnelRow } from './funnel-rows';

const BAR = '█';
const LONGEST_BAR = 24;
/** Before what a rule has measured. */
const INDENT = '  ';

interface ShownRow {
  name: string;
  threshold: string;
  removed: number;
  /** Undefined of a part of a rule. */
  left: number | undefined;
}

/** The funnel: what each rule removes and what is left, and of each rule what it was that removed something. */
export function funnelView(name: string, rows: readonly FunnelRow[], decision: Decision, screen: Screen): string[] {
  const { all, kept } = decision;
  const shown = rows.flatMap(shownRows);
  const shares = shown.map(({ removed }) => removed / Math.max(1, all.documents));
  const [header = '', ...lines] = gridRows([
    { header: 'rule', align: 'start', cells: shown.map(({ name }) => name) },
    { header: 'goes if', align: 'start', cells: shown.map(({ threshold }) => threshold) },
    { header: 'removed', align: 'end', cells: shown.map(({ removed }) => formatCount(removed)) },
    { header: 'share', align: 'end', cells: shares.map(formatProbabilityShort) },
    { header: 'left', align: 'end', cells: shown.map(({ left }) => (left === undefined ? '' : formatCount(left))) },
  ]);
  const bars = barsOf(shown, lines, screen.width);
  return [
    screen.palette.bold(safeText(`${name}: ${formatQuantity(all.documents, 'document')}, ${formatBytes(all.bytes)}`)),
    header,
    ...lines.map((line, i) => (shown[i]?.left === undefined ? screen.palette.quiet(line) : `${line}${bars[i]}`)),
    '',
    ...wrapText(keptSentence(decision), screen.width).map(screen.palette.bold),
    ...(kept.documents === 0 && all.documents > 0 ? wrapText(NOTHING_STAYS, screen.width) : []),
  ];
}

const NOTHING_STAYS =
  'No document stays. --preset chooses rules for another kind of data, and --threshold NAME=off switches one off.';

function keptSentence({ all, kept }: Decision): string {
  const share = all.documents === 0 ? '' : ` (${formatProbabilityShort(kept.documents / all.documents)})`;
  return `${formatCount(kept.documents)} of ${formatQuantity(all.documents, 'document')} stay${share}, ${formatBytes(kept.bytes)} of ${formatBytes(all.bytes)}.`;
}

function shownRows({ filter, removed, left, measures }: FunnelRow): ShownRow[] {
  const tripped = measures.filter((measure) => measure.removed > 0);
  return [
    { name: render(filter.title), threshold: '', removed, left },
    ...tripped.map(({ measure, threshold, removed: own }) => ({
      name: `${INDENT}${measure.name}`,
      threshold: `${measure.removes === 'above' ? '>' : '<'} ${spokenDigits(`${threshold}`)}`,
      removed: own,
      left: undefined,
    })),
  ];
}

/** Behind each rule, where there is room: the longest for the one that removes the most. */
function barsOf(shown: readonly ShownRow[], lines: readonly string[], width: number): string[] {
  const widest = Math.max(0, ...lines.map(widthOf));
  const room = Math.min(LONGEST_BAR, width - widest - GAP.length);
  const most = Math.max(1, ...shown.filter(({ left }) => left !== undefined).map(({ removed }) => removed));
  return lines.map((line, i) => {
    const length = Math.max(0, Math.round(((shown[i]?.removed ?? 0) / most) * room));
    return length === 0 ? '' : `${' '.repeat(widest - widthOf(line))}${GAP}${BAR.repeat(length)}`;
  });
}
