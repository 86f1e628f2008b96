import { type Command, Option } from 'commander';
import { formatCount, formatQuantity } from '../../display/numbers';
import { print, screenOf, stream, warn } from '../output';
import { reviewJson } from '../review/json';
import { type Reviewed, readReview } from '../review/read-review';
import { readLinesOf, SURPRISING_CHANGE, sarifResultsOf, shownHunks } from '../review/shown-hunks';
import { reviewView } from '../review/view';
import { readBaseline } from '../sarif/baseline';
import { sarifLog } from '../sarif/sarif-log';
import type { ModelOptions } from '../session';
import { UsageError } from '../usage-error';
import { addAnyModelOptions, filePath, wholeNumber } from './options';

interface ReviewCommandOptions extends ModelOptions {
  staged?: boolean;
  comments: boolean;
  top: number;
  baseline?: string;
  json?: boolean;
  sarif?: boolean;
}

const DEFAULT_TOP = 20;

export function addReviewCommand(program: Command): void {
  const command = program
    .command('review')
    .summary('rank the hunks of a change by how much they surprise a model')
    .description(
      'Read what has changed in the Git repository of the current folder, and list its hunks, those first that surprise the model most. What was read before and is unchanged is not read again.',
    )
    .argument(
      '[range]',
      'A: from A to the files as they are; A..B: from A to B; A...B: what B has since it left A; by default what is not committed',
    )
    .argument('[paths...]', 'only files and folders among them')
    .option('--staged', 'what the next commit would have')
    .option('--no-comments', 'leave out what comments say')
    .option('--top <n>', 'how many hunks, in the list and in SARIF', wholeNumber(1), DEFAULT_TOP)
    .option(
      '--baseline <file>',
      'what an earlier run with --sarif has printed: says which hunks are new, and lists these first',
      filePath,
    );
  addAnyModelOptions(command)
    .addOption(new Option('--json', 'print one JSON object with all hunks').conflicts(['sarif', 'baseline']))
    .addOption(new Option('--sarif', 'print a SARIF 2.1.0 log'))
    .action(runReview);
}

async function runReview(range: string | undefined, paths: string[], options: ReviewCommandOptions): Promise<void> {
  const { staged = false, comments, top, json, sarif } = options;
  if (staged && range !== undefined) {
    throw new UsageError('--staged is of the next commit, and a range of others: give one of the two.');
  }
  // Before anything is read, for it may be none.
  const baseline = options.baseline === undefined ? undefined : await readBaseline(options.baseline);
  const show = (reviewed: Reviewed, hunks = shownHunks(reviewed, top, baseline)) =>
    print(reviewView(reviewed, hunks, screenOf(process.stdout, process.env)));
  const reviewed = await readReview({ range, paths, staged, comments }, options, (unfinished) => {
    const { files, done, total } = unfinished.review;
    // Other programs would take a part for the whole.
    if (!json && !sarif && files.length > 0) show(unfinished);
    warn(
      `Stopped. ${formatCount(done)} of ${formatQuantity(total, 'file')} are read and kept; the next run goes on there.`,
    );
  });
  if (json) await stream(reviewJson(reviewed));
  else if (sarif) {
    const results = shownHunks(reviewed, top, baseline).flatMap(sarifResultsOf);
    print([JSON.stringify(sarifLog(SURPRISING_CHANGE, results, reviewed.model, readLinesOf(reviewed)))]);
  } else show(reviewed);
}
