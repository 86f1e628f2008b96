import type { Table } from '../../../export/table';
import { t } from '../../../l10n';
import type { GridFill } from './grid-fill';
import { logitDifference, restored } from './ratio';
import { siteName } from './spoken';

/** A row a cell that is filled. @param corrupt, clean natural logarithms of the two tokens' probabilities */
export function patchTable(
  { question, logprobs, width }: GridFill,
  { corrupt, clean }: { corrupt: ArrayLike<number>; clean: ArrayLike<number> },
  texts: { clean: string; corrupt: string },
): Table {
  const { site, columns, token, against } = question;
  return {
    label: t('Patching, {0}', siteName(site)),
    name: `patching-${site}`,
    columns: [
      'site',
      'layer',
      site === 'head' ? 'head' : 'position',
      'restored',
      'logprobToken',
      'logprobAgainst',
      'token',
      'against',
      'cleanText',
      'corruptText',
    ],
    rows: () =>
      Array.from({ length: logprobs.length / 2 }, (_, cell) => cell)
        .filter((cell) => !Number.isNaN(logprobs[2 * cell]))
        .map((cell) => [
          site,
          Math.floor(cell / width),
          columns.from + (cell % width),
          restored(logitDifference(logprobs, cell), logitDifference(corrupt), logitDifference(clean)),
          logprobs[2 * cell],
          logprobs[2 * cell + 1],
          token,
          against,
          texts.clean,
          texts.corrupt,
        ]),
  };
}
