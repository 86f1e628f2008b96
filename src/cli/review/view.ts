import { safeText } from '../../display/glyphs';
import { formatCount, formatQuantity } from '../../display/numbers';
import { lineOf } from '../../workspace/changes/hunk-score';
import { groupOf, type HunkGroup } from '../../workspace/changes/rank';
import type { NotReviewed } from '../../workspace/changes/review';
import { LEFT_OUT, leftOutLines } from '../left-out-lines';
import type { Screen } from '../output';
import { wrapList, wrapPhrases, wrapText } from '../terminal/width';
import { commentRows, hunkRows } from './hunk-rows';
import type { Reviewed } from './read-review';
import type { ShownHunk } from './shown-hunks';

const NOT_READ: Record<NotReviewed['why'], string> = {
  ...LEFT_OUT,
  deleted: 'deleted',
  submodule: 'submodules',
  link: 'links',
  conflict: 'in conflict',
  unchanged: 'only renamed, or with another mode',
};

/** The most unusual hunks with their lines, the others in a line each or together, and which files were not read. */
export function reviewView({ review, model }: Reviewed, shown: readonly ShownHunk[], screen: Screen): string[] {
  const { palette, width } = screen;
  const leftOut = leftOutLines(
    review.leftOut.map(({ path, why }) => [path, why]),
    NOT_READ,
    width,
  );
  if (review.total + review.leftOut.length === 0) return ['Nothing has changed, so there is nothing to review.'];
  if (shown.length === 0) return ['Nothing in this change is code with other lines than before.', ...leftOut];
  const all = review.ranked.length;
  const title =
    shown.length < all
      ? `The ${formatCount(shown.length)} most unusual of ${formatQuantity(all, 'hunk')}`
      : `${formatQuantity(all, 'hunk')}, the most unusual first`;
  const inGroup = (group: HunkGroup) => shown.filter(({ hunk }) => groupOf(hunk) === group);
  const together = (words: string, group: HunkGroup): string[] => {
    const files = linesByFile(inGroup(group)).flatMap((lines) => wrapList(lines, width));
    return files.length === 0 ? [] : ['', `${words}:`, ...files];
  };
  const comments = inGroup('comment').flatMap((hunk) => commentRows(hunk, screen));
  const summary = [formatQuantity(review.files.length, 'file'), formatQuantity(all, 'hunk'), safeText(model.name)];
  return [
    palette.bold(`${title}${newText(shown)}`),
    ...unreadLines(review, width),
    ...inGroup('unusual').flatMap((hunk) => hunkRows(hunk, screen)),
    ...together('No new token of 4 bits or more', 'usual'),
    ...(comments.length > 0 ? ['', 'Only comments differ (--no-comments leaves them out):', ...comments] : []),
    ...together('Only something taken away, or at the beginning of a file', 'notJudged'),
    ...together('Only moved, or only white space', 'trivial'),
    '',
    ...wrapPhrases(summary, ' · ', width),
    ...leftOut,
    ...wrapText(LEGEND, width).map(palette.quiet),
  ];
}

/** Where there is an earlier run to hold them against. */
function newText(shown: readonly ShownHunk[]): string {
  if (shown[0]?.isNew === undefined) return '';
  const count = shown.filter(({ isNew }) => isNew).length;
  return count === 0 ? ', none of them new' : `, ${formatCount(count)} of them new, which stand first`;
}

/** Of what somebody has stopped. */
function unreadLines({ unread, total }: Reviewed['review'], width: number): string[] {
  if (unread.size === 0) return [];
  const [first = '', ...others] = Array.from(unread, safeText);
  const count = `${formatCount(unread.size)} of ${formatQuantity(total, 'file')}`;
  return wrapList([`Not all of the change: ${count} not read to the end: ${first}`, ...others], width);
}

/** `src/a.py: 3`, `17`, …: the lines of the hunks of each file. */
function linesByFile(hunks: readonly ShownHunk[]): string[][] {
  const lines = new Map<string, number[]>();
  for (const { hunk } of hunks) lines.set(hunk.path, [...(lines.get(hunk.path) ?? []), lineOf(hunk) + 1]);
  return Array.from(lines, ([path, numbers]) => {
    const [first, ...others] = numbers.sort((a, b) => a - b).map(String);
    return [`${safeText(path)}: ${first}`, ...others];
  });
}

const LEGEND =
  'First, the bits of the most surprising new token of a hunk, of a name that is new in its file 4 less; hunks are in that order. Then the bits a token of whole lines, old → new, both given the same of the new file before them. ⇢ that token, after the one that it replaces, and what the model expected; left out where it expected just that; and those of 4 bits or more in the two next lines that surprise most. Unusual is not wrong.';
