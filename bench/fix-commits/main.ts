/**
 * Whether the lines that a small fix changed are those that surprise the model: over the list that list.ts makes, in the file as
 * it was before the fix, beside the length of lines, a cache of three words and chance; and whether a line surprises more once
 * one thing in it is changed. Prints a table in Markdown.
 *
 *     node bench/run.mjs fix-commits/main commits.json
 *
 * What has been read is kept beside the list, so that it goes on where it was.
 */
import { readFileSync } from 'node:fs';
import type { LineScore } from '../../src/shared/workspace-api';
import { fileSumsOf, LineStatistics } from '../../src/workspace/lines/line-statistics';
import type { RawFileScore } from '../../src/workspace/score-file';
import { machine } from '../machine';
import { markdownTable } from '../markdown';
import { report } from '../report';
import { costEffectiveness, rankOf } from './cost-effectiveness';
import type { FixCommit } from './fix-commit';
import { git } from './git';
import { mutate, seeded } from './mutants';
import { withReader } from './reader';
import { threeGramCache } from './three-gram-cache';

const RESAMPLES = 2000;
/** Files in each of which one line is changed: of as many repositories as the list has, which goes round them. */
const MUTANTS = 66;

/** A file before its fix. */
interface Case extends FixCommit {
  text: string;
  score: RawFileScore;
}

/** How lines are ordered: the highest number is looked at first. */
type Order = (one: Case, lines: readonly LineScore[]) => number[];

const [list = 'commits.json'] = process.argv.slice(2);
const commits: FixCommit[] = JSON.parse(readFileSync(list, 'utf8'));
const random = seeded(15);
await withReader(`${list}.read`, async (read) => {
  const cases: Case[] = [];
  for (const commit of commits) {
    const text = git(commit.repository, 'show', `${commit.commit}^:${commit.path}`);
    cases.push({ ...commit, text, score: await read(commit.path, text) });
    process.stderr.write(`\r${cases.length} of ${commits.length} files`);
  }
  const statistics = new LineStatistics();
  for (const { score } of cases) statistics.add(score.languageId, fileSumsOf(score.lines));
  const zOf = (languageId: string, line: LineScore) => statistics.z(languageId, line) || 0;
  const orders: [string, Order][] = [
    ['surprisal, mean of a line', (_, lines) => lines.map(({ bits, tokens }) => bits / tokens)],
    [
      'its z-score within language and kind of line',
      ({ score }, lines) => lines.map((line) => zOf(score.languageId, line)),
    ],
    ['surprisal, sum of a line', (_, lines) => lines.map(({ bits }) => bits)],
    ['length of the line', ({ text }, lines) => lines.map(({ line }) => (text.split('\n')[line] ?? '').trim().length)],
    [
      'cache of three words of the same file',
      ({ text }, lines) => {
        const bits = threeGramCache(text.split('\n'));
        return lines.map(({ line }) => bits[line] ?? 0);
      },
    ],
    ['random', (_, lines) => lines.map(() => 0)],
  ];
  const usable = cases.filter(({ score, lines }) => score.lines.some(({ line }) => lines.includes(line)));
  const rows = orders.map(([name, order]) =>
    rowOf(
      name,
      usable.map((one) => measure(one, order)),
    ),
  );
  const heading = [
    'lines in order of',
    'AUCEC5',
    'AUCEC20',
    'share of fixes with a line among the first five',
    'rank of the fixed lines, median',
  ];
  const mutants = await measureMutants(cases, read, zOf);
  report(
    'fix-commits',
    `${usable.length} fixes of ${new Set(commits.map(({ repository }) => repository)).size} repositories; ± is the half of the interval in which 95 % of ${RESAMPLES} resamples of the fixes lie. In random order AUCEC5 is 0.00125 and AUCEC20 0.02; with what was fixed first they are near 0.05 and 0.2. A rank of 0 % is the first of the file, 50 % the middle.`,
    markdownTable([':-', '-:', '-:', '-:', '-:'], [heading, ...rows]),
    mutants,
    machine(),
  );
});

interface Measured {
  aucec5: number;
  aucec20: number;
  isAmongFive: number;
  ranks: number[];
}

function measure(one: Case, order: Order): Measured {
  const { lines } = one.score;
  const scores = order(one, lines);
  const matters = lines.map(({ line }) => one.lines.includes(line));
  const places = [...matters.keys()].filter((place) => matters[place]);
  const ranks = places.map((place) => rankOf(scores, place));
  return {
    aucec5: costEffectiveness(scores, matters, 0.05),
    aucec20: costEffectiveness(scores, matters, 0.2),
    isAmongFive: chanceAmongFive(scores, places),
    ranks,
  };
}

/** Whether one of some lines is among the first five; where scores are equal, how likely. */
function chanceAmongFive(scores: readonly number[], places: readonly number[]): number {
  const best = Math.max(...places.map((place) => scores[place] as number));
  const before = scores.filter((score) => score > best).length;
  const equal = scores.filter((score) => score === best).length;
  const own = places.filter((place) => scores[place] === best).length;
  const room = Math.min(equal, Math.max(0, 5 - before));
  let missed = 1;
  for (let i = 0; i < room; i++) missed *= Math.max(0, equal - own - i) / (equal - i);
  return 1 - missed;
}

function rowOf(name: string, measured: readonly Measured[]): string[] {
  const withRange = (of: (one: Measured) => number, digits: number) => {
    const values = measured.map(of);
    return `${mean(values).toFixed(digits)} ± ${halfRange(values).toFixed(digits)}`;
  };
  return [
    name,
    withRange(({ aucec5 }) => aucec5, 4),
    withRange(({ aucec20 }) => aucec20, 3),
    percent(mean(measured.map(({ isAmongFive }) => isAmongFive))),
    percent(median(measured.flatMap(({ ranks }) => ranks))),
  ];
}

async function measureMutants(
  cases: readonly Case[],
  read: (path: string, text: string) => Promise<RawFileScore>,
  zOf: (languageId: string, line: LineScore) => number,
): Promise<string> {
  let [rose, all] = [0, 0];
  const ranks: number[] = [];
  for (const { path, text, score } of cases.slice(0, MUTANTS)) {
    const lines = text.split('\n');
    const code = score.lines.filter(({ kind }) => kind === 'declaration' || kind === 'other');
    const mutant =
      code.length > 0 &&
      mutate(
        lines,
        code.map(({ line }) => line),
        random,
      );
    if (!mutant) continue;
    const after = await read(path, lines.with(mutant.line, mutant.after).join('\n'));
    const ownOf = (of: RawFileScore) => of.lines.find(({ line }) => line === mutant.line);
    const [own, changed] = [ownOf(score), ownOf(after)];
    if (!own || !changed) continue;
    all++;
    if (changed.bits > own.bits) rose++;
    const place = after.lines.indexOf(changed);
    ranks.push(
      rankOf(
        after.lines.map((line) => zOf(after.languageId, line)),
        place,
      ),
    );
    process.stderr.write(`\r${all} mutants   `);
  }
  process.stderr.write('\n');
  return `Of ${all} lines in which one operator, number or name was changed, ${percent(rose / all)} surprise more than before; in the order of z the changed line stands at ${percent(median(ranks))} of its file (median).`;
}

/** Half the width of the interval in which 95 % of the means of resamples lie (bootstrap). */
function halfRange(values: readonly number[]): number {
  const means = Array.from({ length: RESAMPLES }, () =>
    mean(values.map(() => values[Math.floor(random() * values.length)] as number)),
  ).sort((a, b) => a - b);
  return ((means[Math.floor(0.975 * RESAMPLES)] as number) - (means[Math.floor(0.025 * RESAMPLES)] as number)) / 2;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return ((sorted[(sorted.length - 1) >> 1] as number) + (sorted[sorted.length >> 1] as number)) / 2;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}
