/**
 * Whether a review puts slips first: into a third of the hunks of a change one slip is planted each (an operator, a number or a
 * name of the same file is swapped), and the change is read as `vitrine review --no-comments` reads it. Prints tables in Markdown.
 *
 *     node bench/run.mjs reviews/main CLONE A..B [CLONE A..B…]
 *
 * What has been read is kept in the temporary folder of the system, so that it goes on where it was.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { RawHunk } from '../../src/workspace/changes/hunk-score';
import { Review } from '../../src/workspace/changes/review';
import { FEWEST_BEFORE } from '../../src/workspace/lines/line-scores';
import type { FileReader } from '../../src/workspace/score-file';
import { seeded } from '../fix-commits/mutants';
import { withFileReader } from '../fix-commits/reader';
import { machine } from '../machine';
import { markdownTable } from '../markdown';
import { report } from '../report';
import { plantSlips } from './plant';
import { RULES } from './rules';

/** A hunk of code, in the order of the review. */
interface ReadHunk {
  hunk: RawHunk;
  /** The line of its slip. */
  slip: number | undefined;
}

interface ReadRange {
  name: string;
  hunks: ReadHunk[];
}

const options = process.argv.slice(2).filter((option) => option !== '--write');
const folder = mkdtempSync(join(tmpdir(), 'vitrine-reviews-'));
try {
  await withFileReader(join(tmpdir(), 'vitrine-reviews-read'), async (reader) => {
    const ranges: ReadRange[] = [];
    for (let i = 0; i + 1 < options.length; i += 2) {
      ranges.push(await readRange(options[i] as string, options[i + 1] as string, join(folder, `${i}`), reader));
    }
    const names = ranges.map(({ name }) => name);
    report(
      'reviews',
      'Of all pairs of a hunk with a slip and one without, the share in which that with the slip stands first:',
      markdownTable(
        [':-', ...names.map(() => '-:')],
        [
          ['hunks in order of', ...names],
          ...RULES.map(([rule, of]) => [rule, ...ranges.map(({ hunks }) => percent(shareOfPairs(hunks, of)))]),
        ],
      ),
      'In the order of Vitrine:',
      markdownTable(
        [':-', '-:', '-:', '-:', '-:'],
        [['', 'hunks', 'with a slip', 'its line is named', 'among the first third'], ...ranges.map(rowOf)],
      ),
      machine(),
    );
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function readRange(clone: string, range: string, place: string, reader: FileReader): Promise<ReadRange> {
  const { git, changes, slips } = await plantSlips(clone, range, place, seeded(15));
  const review = new Review(changes);
  const { signal } = new AbortController();
  const told = () => process.stderr.write(`\r${clone}: ${review.done} of ${review.total} files`);
  await review.read(git, changes, reader, { signal, comments: false, read: told, progressed: told });
  process.stderr.write('\n');
  const slipOf = ({ path, after: { from, to } }: RawHunk) =>
    slips.find((slip) => slip.path === path && slip.line >= from && slip.line < to)?.line;
  const hunks = review.ranked.filter(isJudged).map((hunk) => ({ hunk, slip: slipOf(hunk) }));
  const found = hunks.filter(({ slip }) => slip !== undefined).length;
  console.error(`${slips.length} slips planted, ${found} in hunks that are judged`);
  return { name: `${basename(clone)} ${range}`, hunks };
}

/** Of code with a new token that counts; at the beginning of a file some do not. */
function isJudged({ trivial, isComment, surprise, after }: RawHunk): boolean {
  return !trivial && !isComment && !Number.isNaN(surprise) && after.from >= FEWEST_BEFORE;
}

function shareOfPairs(hunks: readonly ReadHunk[], rule: (hunk: RawHunk) => number): number {
  const numbers = (withSlip: boolean) =>
    hunks.filter(({ slip }) => (slip !== undefined) === withSlip).map(({ hunk }) => rule(hunk));
  const pairs = numbers(true).flatMap((own) =>
    numbers(false).map((other): number => (own > other ? 1 : own < other ? 0 : 0.5)),
  );
  return mean(pairs);
}

function rowOf({ name, hunks }: ReadRange): string[] {
  const withSlip = hunks.filter(({ slip }) => slip !== undefined);
  const named = withSlip.filter(({ hunk, slip }) => hunk.worst?.line === slip);
  const early = hunks.slice(0, Math.ceil(hunks.length / 3)).filter(({ slip }) => slip !== undefined);
  return [name, hunks.length, withSlip.length, named.length, early.length].map(String);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}
