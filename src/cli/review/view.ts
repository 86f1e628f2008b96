import { safeText, visibleText } from '../../display/glyphs';
import { formatBitsAlone, formatCount, formatQuantity, formatSigned } from '../../display/numbers';
import type { ChangedLineToken, HunkScore } from '../../shared/workspace-api';
import { linesOf } from '../../workspace/changes/file-texts';
import type { NotReviewed } from '../../workspace/changes/review';
import { LEFT_OUT, leftOutLines } from '../left-out-lines';
import type { Screen } from '../output';
import { shorten, wrapPhrases, wrapText } from '../terminal/width';
import type { Reviewed } from './read-review';
import type { ShownHunk } from './shown-hunks';

/** Of each side of a hunk. */
const MOST_LINES = 8;
const TOKEN_WIDTH = 20;

const NOT_READ: Record<NotReviewed['why'], string> = {
  ...LEFT_OUT,
  deleted: 'deleted',
  submodule: 'submodules',
  link: 'links',
  conflict: 'in conflict',
  unchanged: 'only renamed, or with another mode',
};

/** The most unusual hunks with their lines, and which files were not read. */
export function reviewView({ review, model }: Reviewed, shown: readonly ShownHunk[], screen: Screen): string[] {
  const { palette, width } = screen;
  const leftOut = leftOutLines(
    review.leftOut.map(({ path, why }) => [path, why]),
    NOT_READ,
    width,
  );
  if (shown.length === 0) return ['Nothing in this change is code with other lines than before.', ...leftOut];
  const all = review.ranked.length;
  const title =
    shown.length < all
      ? `The ${formatCount(shown.length)} most unusual of ${formatQuantity(all, 'hunk')}`
      : `${formatQuantity(all, 'hunk')}, the most unusual first`;
  const summary = [formatQuantity(review.files.length, 'file'), formatQuantity(all, 'hunk'), safeText(model.name)];
  return [
    palette.bold(title),
    ...shown.flatMap((hunk) => hunkRows(hunk, screen)),
    '',
    ...wrapPhrases(summary, ' · ', width),
    ...leftOut,
    ...wrapText(LEGEND, width).map(palette.quiet),
  ];
}

const LEGEND =
  'Bits a token of the old lines → of the new ones, both given the new file before them. z: how many standard deviations new lines lie above lines of their language and kind in what was read of this change (–: fewer than 30 are known); rise: their z less that of the lines that they replace. ⇢ the token that surprised the model most, and what it expected. Unusual is not wrong.';

function hunkRows({ hunk, file, isNew }: ShownHunk, screen: Screen): string[] {
  const { path, after, before, removedMean, addedMean, higherThan } = hunk;
  const means = [removedMean, addedMean].filter((mean) => !Number.isNaN(mean)).map(formatBitsAlone);
  const facts = [
    `${safeText(path)}:${after.from + 1}`,
    deviationsText(hunk),
    [`${means.join(' → ') || '–'} bits a token`, ...kindText(hunk)].join(', '),
    ...(Number.isNaN(higherThan) ? [] : [`higher than ${Math.floor(100 * higherThan)} % of what was read of its file`]),
    ...(isNew ? ['new'] : []),
  ];
  const worst = hunk.worst;
  return [
    '',
    ...wrapPhrases(facts, '  ', screen.width),
    ...lineRows('-', file.before, before, hunk.removedTokens, screen),
    ...lineRows('+', file.after, after, hunk.addedTokens, screen),
    ...(worst
      ? [
          screen.palette.quiet(
            `  ⇢ ${label(worst.text)} ${formatBitsAlone(worst.bits)} bits, expected ${label(worst.expected)}`,
          ),
        ]
      : []),
  ];
}

/** What it is ranked by. */
function deviationsText({ rise, z }: HunkScore): string {
  if (!Number.isNaN(rise)) return `rise ${formatSigned(rise)}`;
  return `z ${Number.isNaN(z) ? '–' : formatSigned(z)}`;
}

function kindText({ trivial, after }: HunkScore): string[] {
  if (trivial) return [trivial === 'moved' ? 'only moved' : 'only white space'];
  return after.from < after.to ? [] : ['only removed'];
}

const label = (text: string) => shorten(visibleText(text), TOKEN_WIDTH);

/** The lines of one side, each token in the colour of its surprisal. */
function lineRows(
  sign: string,
  text: string,
  { from, to }: ShownHunk['hunk']['after'],
  tokens: readonly ChangedLineToken[],
  screen: Screen,
): string[] {
  const shown = linesOf(text).slice(from, Math.min(to, from + MOST_LINES));
  const rows = shown.map(
    (line, i) =>
      `${sign} ${coloured(
        line,
        tokens.filter((token) => token.line === from + i),
        screen,
      )}`,
  );
  const more = to - from - shown.length;
  return more > 0 ? [...rows, `${sign} … ${formatQuantity(more, 'more line')}`] : rows;
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
