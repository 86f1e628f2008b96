import type { TakenText } from '../../datasets/funnel/rewritten-text';
import { formatBytes } from '../../display/format-bytes';
import { safeText } from '../../display/glyphs';
import { formatCount, formatProbabilityShort, formatQuantity } from '../../display/numbers';
import { render } from '../../display/sentences';
import type { Screen } from '../output';
import { GAP, gridRows } from '../terminal/grid';
import { widthOf, wrapText } from '../terminal/width';
import { shortCondition } from './condition';
import type { FunnelResult, FunnelRow } from './funnel-rows';
import { judgedSentence, keptSentence, languagesSentence, notAppliedSentence, nothingStays } from './sentences';

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

/** What is shown of what rules make of a data set. */
interface ShownFunnel extends FunnelResult {
  /** What they would take from the texts that stay, of some. */
  taken: (TakenText & { lookedAt: number }) | undefined;
}

/** The funnel: what each rule removes and what is left, and of each rule what it was that removed something. */
export function funnelView(
  { name, reading, rows, limits, notApplied, decision, languages, tokens, taken }: ShownFunnel,
  screen: Screen,
): string[] {
  const { all } = decision;
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
    ...wrapText(safeText(render(reading)), screen.width),
    header,
    ...lines.map((line, i) => (shown[i]?.left === undefined ? screen.palette.quiet(line) : `${line}${bars[i]}`)),
    '',
    ...wrapText(keptSentence(decision, tokens), screen.width).map(screen.palette.bold),
    ...[
      nothingStays(rows, decision),
      languagesSentence(languages),
      ...limits.map((limit) => render(limit)),
      taken && judgedSentence(taken, decision),
      notAppliedSentence(notApplied),
    ].flatMap((sentence) => (sentence === undefined ? [] : wrapText(sentence, screen.width))),
  ];
}

function shownRows({ filter, removed, left, measures }: FunnelRow): ShownRow[] {
  const tripped = measures.filter((measure) => measure.removed > 0);
  return [
    { name: render(filter.title), threshold: '', removed, left },
    ...tripped.map(({ measure, threshold, removed: own }) => ({
      name: `${INDENT}${measure.name}`,
      threshold: shortCondition(measure, threshold),
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
