import { safeText, visibleText } from '../../display/glyphs';
import { formatBits, formatBitsAlone, formatCount } from '../../display/numbers';
import { wordOf } from '../../display/token-word';
import type { ChangedLineToken, HunkScore } from '../../shared/workspace-api';
import { linesOf } from '../../workspace/changes/file-texts';
import { lineOf, type RawHunk } from '../../workspace/changes/hunk-score';
import type { LineRange } from '../../workspace/changes/hunks';
import { LEAST_UNUSUAL_BITS } from '../../workspace/changes/rank';
import type { ReviewedFile } from '../../workspace/changes/review';
import { surprisingLines } from '../../workspace/changes/surprising-lines';
import type { Screen } from '../output';
import { shorten, wrapPhrases } from '../terminal/width';
import type { ShownHunk } from './shown-hunks';

/** Of a hunk, both sides together. */
const MOST_LINES = 4;
const TOKEN_WIDTH = 20;
/** Lines that are named after the one with the most surprising token. */
const MOST_OTHERS = 2;

/** A hunk: how much it surprises, the lines around its most surprising new token, and that token. */
export function hunkRows({ hunk, file, isNew }: ShownHunk, screen: Screen): string[] {
  const { before, after, worst, removedMean, addedMean, higherThan } = hunk;
  const means = [removedMean, addedMean].filter((mean) => !Number.isNaN(mean)).map(formatBitsAlone);
  const facts = [
    placeOf(hunk),
    formatBits(hunk.surprise),
    `${means.join(' → ')} bits a token${higherThanText(higherThan)}`,
    ...newText(isNew),
  ];
  const offset = worst ? worst.line - after.from : 0;
  const isReplaced = before.from < before.to && after.from < after.to;
  const most = isReplaced ? MOST_LINES / 2 : MOST_LINES;
  const old = around(before, hunk.replaced?.line ?? before.from + offset, most);
  return [
    '',
    ...wrapPhrases(facts, '  ', screen.width),
    ...lineRows('-', file.before, old, hunk.removedTokens, screen),
    ...lineRows('+', file.after, around(after, after.from + offset, most), hunk.addedTokens, screen),
    ...surpriseRows(hunk, file).map((text) => screen.palette.quiet(`  ${text}`)),
  ];
}

/** A hunk that changes comments alone. */
export function commentRows({ hunk, file, isNew }: ShownHunk, { width }: Screen): string[] {
  const facts = [placeOf(hunk), formatBits(hunk.surprise), ...surpriseText(hunk, file), ...newText(isNew)];
  return wrapPhrases(facts, '  ', width);
}

const placeOf = (hunk: RawHunk) => `${safeText(hunk.path)}:${lineOf(hunk) + 1}`;

/** Of its new lines as a whole. */
const higherThanText = (share: number) =>
  Number.isNaN(share) ? '' : `, higher than ${Math.floor(100 * share)} % of what was read of its file`;

const newText = (isNew: boolean | undefined) => (isNew ? ['new'] : []);

/** The most surprising token, unless the model expected what stands there; then those of the next lines. */
function surpriseRows(hunk: RawHunk, file: ReviewedFile): string[] {
  const isOther = ({ line, bits }: ChangedLineToken) => line !== hunk.worst?.line && bits >= LEAST_UNUSUAL_BITS;
  const others = surprisingLines(hunk.newTokens).filter(isOther).slice(0, MOST_OTHERS);
  return [...surpriseText(hunk, file), ...others.map((token) => tokenText(token, file))];
}

function surpriseText({ worst, replaced }: HunkScore, file: ReviewedFile): string[] {
  if (!worst || worst.text === worst.expected) return [];
  return [tokenText(worst, file, replaced ? `${label(replaced.text)} ${formatBits(replaced.bits)} → ` : '')];
}

function tokenText(token: ChangedLineToken, { after }: ReviewedFile, before = ''): string {
  const bits = `${label(token.text)} ${formatBits(token.bits)}${inWord(token, after)}`;
  const name = token.isNewName ? ' (new name)' : '';
  const expected = token.expected === undefined ? '' : `, expected ${label(token.expected)}`;
  return `⇢ line ${formatCount(token.line + 1)}: ${before}${bits}${name}${expected}`;
}

/** The word of which a token is a part: ` in aiterator`. */
function inWord(token: ChangedLineToken, text: string): string {
  const word = wordOf(linesOf(text)[token.line] ?? '', token);
  return word.end - word.start < word.text.length ? ` in ${word.text}` : '';
}

const label = (text: string) => shorten(visibleText(text), TOKEN_WIDTH);

/** Lines of a range with a line among them, that one the last but one where there is room on both sides. */
function around({ from, to }: LineRange, line: number, most: number): LineRange {
  const last = Math.min(to, Math.max(from + most, line + (most > 2 ? 2 : 1)));
  return { from: Math.max(from, last - most), to: last };
}

/** Lines of one side, each token in the colour of its surprisal. */
function lineRows(
  sign: string,
  text: string,
  { from, to }: LineRange,
  tokens: readonly ChangedLineToken[],
  screen: Screen,
): string[] {
  const lines = linesOf(text).slice(from, to);
  return lines.map((line, i) => {
    const own = tokens.filter((token) => token.line === from + i);
    return `${sign} ${coloured(line, own, screen)}`;
  });
}

function coloured(line: string, tokens: readonly ChangedLineToken[], { palette, width }: Screen): string {
  // A tabulator would be as wide as the terminal likes.
  const safe = (text: string) => safeText(text.replaceAll('\t', ' '));
  const seen = line.slice(0, width - '+ …'.length);
  let [row, at] = ['', 0];
  for (const { start, end, bits } of tokens) {
    if (start > seen.length) break;
    const from = Math.max(start, at);
    row += safe(seen.slice(at, from)) + palette.surprisal(safe(seen.slice(from, end)), bits);
    at = Math.max(at, end);
  }
  return row + safe(seen.slice(at)) + (seen.length < line.length ? '…' : '');
}
