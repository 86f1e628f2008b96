import { safeText, visibleText } from '../../display/glyphs';
import { formatBitsAlone, formatCount, formatQuantity, formatZ } from '../../display/numbers';
import type { FileScore } from '../../shared/workspace-api';
import { LEFT_OUT, leftOutLines } from '../left-out-lines';
import type { Screen } from '../output';
import { gridRows } from '../terminal/grid';
import { shorten, wrapPhrases, wrapText } from '../terminal/width';
import type { Scanned } from './scan-paths';
import type { ShownLine } from './shown-lines';

const MOST_FILES = 10;
const TOKEN_WIDTH = 20;

/** The most unusual lines and files, and which files were left out. */
export function scanView(scanned: Scanned, lines: readonly ShownLine[], screen: Screen): string[] {
  const { files, leftOut, model } = scanned;
  if (files.length === 0) return leftOutLines(leftOut, LEFT_OUT, screen.width);
  const tokens = files.reduce((sum, file) => sum + file.tokens, 0);
  const bits = files.reduce((sum, file) => sum + file.bits, 0);
  const summary = [
    formatQuantity(files.length, 'file'),
    formatQuantity(tokens, 'token'),
    `${meanText({ tokens, bits })} bits a token`,
    safeText(model.name),
  ];
  return [
    screen.palette.bold(titleOf(lines)),
    ...lines.flatMap((line) => lineRows(line, screen)),
    '',
    ...fileRows(files),
    '',
    ...wrapPhrases(summary, ' · ', screen.width),
    ...leftOutLines(leftOut, LEFT_OUT, screen.width),
    ...wrapText(LEGEND, screen.width).map(screen.palette.quiet),
  ];
}

function titleOf(lines: readonly ShownLine[]): string {
  if (lines.length === 0) return 'No line counts: the first 16 tokens of a file do not, and there are no others';
  const title = `The ${formatQuantity(lines.length, 'line')} that ${lines.length === 1 ? 'is' : 'are'} most unusual here`;
  if (lines[0]?.isNew === undefined) return title;
  const count = lines.filter(({ isNew }) => isNew).length;
  if (count === 0) return `${title}, none of them new`;
  return `The ${formatQuantity(count, 'new line')} and, after them, those that are most unusual here`;
}

const LEGEND =
  'z: how many standard deviations the bits a token of a line lie above those of lines of its language and kind (–: fewer than 30 lines are known, or the file has fewer than 50 tokens). The first 16 tokens of a file, which surprise because it begins, do not count. ⇢ the token that surprised the model most there, and what it expected. Unusual is not wrong.';

/** Where a line is and how unusual; the line; and its most surprising token. */
function lineRows(
  { path, line, kind, z, bits, tokens, worst, text, isNew }: ShownLine,
  { palette, width }: Screen,
): string[] {
  const place = `${safeText(path)}:${line + 1}`;
  const facts = [`z ${zText(z)}`, `${meanText({ tokens, bits })} bits a token`, kind, ...(isNew ? ['new'] : [])];
  const token = shorten(visibleText(worst.text), TOKEN_WIDTH);
  const expected =
    worst.expected === undefined ? '' : `, expected ${shorten(visibleText(worst.expected), TOKEN_WIDTH)}`;
  return [
    '',
    ...wrapPhrases([place, ...facts], '  ', width),
    `  ${shorten(safeText(text.trim().replaceAll('\t', ' ')), width - 2)}`,
    palette.quiet(`  ⇢ ${token} ${formatBitsAlone(worst.bits)} bits${expected}`),
  ];
}

function fileRows(files: Scanned['files']): string[] {
  const shown = files.slice(0, MOST_FILES);
  return gridRows([
    { header: 'z', align: 'end', cells: shown.map(({ z }) => zText(z)) },
    { header: 'bits a token', align: 'end', cells: shown.map(meanText) },
    { header: 'tokens', align: 'end', cells: shown.map(({ tokens }) => formatCount(tokens)) },
    { header: 'file', align: 'start', cells: shown.map(({ path }) => safeText(path)) },
  ]);
}

/** Of a file of its first tokens alone there is none. */
const meanText = ({ tokens, bits }: Pick<FileScore, 'tokens' | 'bits'>) =>
  tokens === 0 ? '–' : formatBitsAlone(bits / tokens);

const zText = (z: number) => (Number.isNaN(z) ? '–' : formatZ(z));
