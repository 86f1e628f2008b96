import { safeText } from '../../display/glyphs';
import { formatCount, formatQuantity } from '../../display/numbers';
import { groupOf, type HunkGroup } from '../../workspace/changes/rank';
import type { NotReviewed } from '../../workspace/changes/review';
import { LEFT_OUT, leftOutLines } from '../left-out-lines';
import type { Screen } from '../output';
import { wrapPhrases, wrapText } from '../terminal/width';
import { commentRows, hunkRows, placeOf } from './hunk-rows';
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
  if (shown.length === 0) return ['Nothing in this change is code with other lines than before.', ...leftOut];
  const all = review.ranked.length;
  const title =
    shown.length < all
      ? `The ${formatCount(shown.length)} most unusual of ${formatQuantity(all, 'hunk')}`
      : `${formatQuantity(all, 'hunk')}, the most unusual first`;
  const inGroup = (group: HunkGroup) => shown.filter(({ hunk }) => groupOf(hunk) === group);
  const together = (words: string, group: HunkGroup): string[] => {
    const [first, ...others] = inGroup(group).map(({ hunk }) => placeOf(hunk));
    return first === undefined ? [] : ['', ...wrapPhrases([`${words}: ${first}`, ...others], ', ', width)];
  };
  const comments = inGroup('comment').flatMap((hunk) => commentRows(hunk, screen));
  const summary = [formatQuantity(review.files.length, 'file'), formatQuantity(all, 'hunk'), safeText(model.name)];
  return [
    palette.bold(title),
    ...inGroup('unusual').flatMap((hunk) => hunkRows(hunk, screen)),
    ...together('Nothing unusual in', 'usual'),
    ...(comments.length > 0 ? ['', 'Only comments differ (--no-comments leaves them out):', ...comments] : []),
    ...together('Only lines taken away, or at the beginning of a file', 'notJudged'),
    ...together('Only moved, or only white space', 'trivial'),
    '',
    ...wrapPhrases(summary, ' · ', width),
    ...leftOut,
    ...wrapText(LEGEND, width).map(palette.quiet),
  ];
}

const LEGEND =
  'First, the bits by which the five most surprising new tokens of a hunk (or all, where there are fewer) lie above what is usual: above the mean of as great a share of all tokens of its language that were read, the most surprising ones, those of comments apart. Then the bits a token of whole lines, old → new, both given the new file before them. ⇢ the most surprising new token, after the one that it replaces, and what the model expected; left out where it expected just that. Unusual is not wrong.';
