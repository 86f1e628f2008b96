import { readFile } from 'node:fs/promises';
import { visibleText } from '../../display/glyphs';
import type { SurprisingToken } from '../../shared/workspace-api';
import type { RankedLine } from '../../workspace/lines/ranked-lines';
import { RankedLines } from '../../workspace/lines/ranked-lines';
import { fingerprintsOf } from '../sarif/fingerprints';
import { ReadLines } from '../sarif/read-lines';
import type { SarifResult } from '../sarif/sarif-log';
import type { Scanned } from './scan-paths';

/** A line as it is shown. */
export interface ShownLine extends RankedLine {
  text: string;
  fingerprint: string;
  /** Whether an earlier run has not read it; undefined where there is none. */
  isNew: boolean | undefined;
  /** The share of all lines that are less unusual, in per cent. */
  rank: number;
}

/** The most unusual lines of all that was read, the first first; where there is an earlier run, those that it has not read before the others. */
export async function shownLines(
  { scores }: Scanned,
  most: number,
  comments: boolean,
  baseline: ReadLines | undefined,
): Promise<ShownLine[]> {
  const [added, known] = [new RankedLines(most), new RankedLines(most)];
  const all: number[] = [];
  for await (const score of scores()) {
    const lines = score.lines.filter(({ kind }) => comments || kind !== 'comment');
    const isNew = baseline ? await newIn(score.path, baseline) : () => false;
    added.add({ ...score, lines: lines.filter(({ line }) => isNew(line)) });
    known.add({ ...score, lines: lines.filter(({ line }) => !isNew(line)) });
    for (const { z } of lines) if (!Number.isNaN(z)) all.push(z);
  }
  const sorted = Float64Array.from(all).sort();
  const texts = new Map<string, { lines: string[]; fingerprints: string[] }>();
  const shown: ShownLine[] = [];
  for (const line of [...added.lines, ...known.lines].slice(0, most)) {
    const file = texts.get(line.path) ?? (await linesOf(line.path));
    texts.set(line.path, file);
    const [text = '', fingerprint = ''] = [file.lines[line.line], file.fingerprints[line.line]];
    const isNew = baseline && !baseline.has(line.path, fingerprint);
    shown.push({ ...line, text, fingerprint, isNew, rank: rankOf(line.z, sorted) });
  }
  return shown;
}

/** What a later run is to know of a scan. */
export async function readLinesOf({ files }: Scanned): Promise<ReadLines> {
  const read = new ReadLines();
  for (const { path } of files) read.add(path, (await linesOf(path)).fingerprints);
  return read;
}

/** Which lines of a file an earlier run has not read. */
async function newIn(path: string, baseline: ReadLines): Promise<(line: number) => boolean> {
  const { fingerprints } = await linesOf(path);
  return (line) => !baseline.has(path, fingerprints[line] ?? '');
}

async function linesOf(path: string): Promise<{ lines: string[]; fingerprints: string[] }> {
  const lines = (await readFile(path, 'utf8')).replace(/^\uFEFF/, '').split('\n');
  return { lines, fingerprints: fingerprintsOf(lines) };
}

/** Where no z is known, nothing is said: the middle. */
function rankOf(z: number, sorted: Float64Array): number {
  if (Number.isNaN(z)) return 50;
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < z) low = middle + 1;
    else high = middle;
  }
  return Math.round((10_000 * low) / sorted.length) / 100;
}

export const SURPRISING_LINE = {
  id: 'surprising-line',
  name: 'SurprisingLine',
  shortDescription: { text: 'A line that surprises the model more than others of its language and kind.' },
  fullDescription: {
    text: 'The surprisal of its tokens lies above that of other lines of the same language and kind, in standard deviations (z). What is unusual is not wrong: rare names, data and other ways to write are unusual too.',
  },
  defaultConfiguration: { level: 'note' },
} as const;

/** What the model expected in a token's place, behind a clause about it: nothing where that is not known. */
export const expectedClause = ({ expected }: Pick<SurprisingToken, 'expected'>): string =>
  expected === undefined ? '' : `; the model expected ${visibleText(expected)}`;

export function sarifResultOf({ path, line, kind, z, bits, tokens, worst, ...shown }: ShownLine): SarifResult {
  const bitsAToken = bits / tokens;
  const unusual = Number.isNaN(z) ? '' : `, ${z.toFixed(1)} standard deviations above lines of its kind`;
  return {
    path,
    line,
    start: worst.start,
    end: worst.end,
    message: `${bitsAToken.toFixed(1)} bits a token${unusual}. The most surprising is ${visibleText(worst.text)} (${worst.bits.toFixed(1)} bits)${expectedClause(worst)}.`,
    rank: shown.rank,
    fingerprint: shown.fingerprint,
    isNew: shown.isNew,
    properties: { kind, z: Number.isNaN(z) ? null : z, bitsPerToken: bitsAToken, tokens },
  };
}
