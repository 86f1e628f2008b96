import { safeText, visibleText } from '../../display/glyphs';
import { formatBitsAlone, formatCount, formatQuantity, formatSigned } from '../../display/numbers';
import type { LeftOut } from '../../shared/workspace-api';
import type { Screen } from '../output';
import { gridRows } from '../terminal/grid';
import { shorten, wrapPhrases, wrapText } from '../terminal/width';
import type { Scanned } from './scan-paths';
import type { ShownLine } from './shown-lines';

const MOST_FILES = 10;
const TOKEN_WIDTH = 20;

/** The most unusual lines and files, and which files were left out. */
export function scanView(scanned: Scanned, lines: readonly ShownLine[], screen: Screen): string[] {
  const { files, model } = scanned;
  if (files.length === 0) return leftOutLines(scanned, screen);
  const tokens = files.reduce((sum, file) => sum + file.tokens, 0);
  const bits = files.reduce((sum, file) => sum + file.bits, 0);
  const summary = [
    formatQuantity(files.length, 'file'),
    formatQuantity(tokens, 'token'),
    `${formatBitsAlone(bits / tokens)} bits a token`,
    safeText(model.name),
  ];
  return [
    screen.palette.bold(
      `The ${formatQuantity(lines.length, 'line')} that ${lines.length === 1 ? 'is' : 'are'} most unusual here`,
    ),
    ...lines.flatMap((line) => lineRows(line, screen)),
    '',
    ...fileRows(files),
    '',
    ...wrapPhrases(summary, ' · ', screen.width),
    ...leftOutLines(scanned, screen),
    ...wrapText(LEGEND, screen.width).map(screen.palette.quiet),
  ];
}

const LEGEND =
  'z: how many standard deviations the bits a token of a line lie above those of lines of its language and kind (–: fewer than 30 are known). ⇢ the token that surprised the model most there, and what it expected. Unusual is not wrong.';

/** Where a line is and how unusual; the line; and its most surprising token. */
function lineRows(
  { path, line, kind, z, bits, tokens, worst, text, isNew }: ShownLine,
  { palette, width }: Screen,
): string[] {
  const place = `${safeText(path)}:${line + 1}`;
  const facts = [`z ${zText(z)}`, `${formatBitsAlone(bits / tokens)} bits a token`, kind, ...(isNew ? ['new'] : [])];
  const token = shorten(visibleText(worst.text), TOKEN_WIDTH);
  const expected = shorten(visibleText(worst.expected), TOKEN_WIDTH);
  return [
    '',
    ...wrapPhrases([place, ...facts], '  ', width),
    `  ${shorten(safeText(text.trim().replaceAll('\t', ' ')), width - 2)}`,
    palette.quiet(`  ⇢ ${token} ${formatBitsAlone(worst.bits)} bits, expected ${expected}`),
  ];
}

function fileRows(files: Scanned['files']): string[] {
  const shown = files.slice(0, MOST_FILES);
  return gridRows([
    { header: 'z', align: 'end', cells: shown.map(({ z }) => zText(z)) },
    { header: 'bits a token', align: 'end', cells: shown.map(({ bits, tokens }) => formatBitsAlone(bits / tokens)) },
    { header: 'tokens', align: 'end', cells: shown.map(({ tokens }) => formatCount(tokens)) },
    { header: 'file', align: 'start', cells: shown.map(({ path }) => safeText(path)) },
  ]);
}

const zText = (z: number) => (Number.isNaN(z) ? '–' : formatSigned(z));

const LEFT_OUT: Record<LeftOut, string> = {
  ignored: 'ignored by Git',
  generated: 'generated',
  vendored: "others' code",
  minified: 'minified',
  binary: 'binary',
  tooLarge: 'over 1 MB',
  notCode: 'no code',
  unreadable: 'not readable as UTF-8',
};

/** How many files or folders were left out, by why, with the first of each. */
function leftOutLines({ leftOut }: Scanned, { width }: Screen): string[] {
  const paths = new Map<LeftOut, string[]>();
  for (const [path, why] of leftOut) {
    const known = paths.get(why);
    if (known) known.push(path);
    else paths.set(why, [path]);
  }
  const phrases = Array.from(paths, ([why, [first = '', ...others]]) => {
    const count = formatCount(others.length + 1);
    return `${count} ${LEFT_OUT[why]} (${safeText(first)}${others.length > 0 ? ' …' : ''})`;
  });
  return phrases.length === 0 ? [] : wrapPhrases([`Left out: ${phrases[0]}`, ...phrases.slice(1)], ', ', width);
}
