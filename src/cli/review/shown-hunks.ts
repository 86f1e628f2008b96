import { visibleText } from '../../display/glyphs';
import { linesOf } from '../../workspace/changes/file-texts';
import { lineOf, type RawHunk } from '../../workspace/changes/hunk-score';
import type { ReviewedFile } from '../../workspace/changes/review';
import { fingerprintsOf } from '../sarif/fingerprints';
import { ReadLines } from '../sarif/read-lines';
import type { SarifResult } from '../sarif/sarif-log';
import { expectedClause } from '../scan/shown-lines';
import type { Reviewed } from './read-review';

/** A hunk as it is shown. */
export interface ShownHunk {
  hunk: RawHunk;
  file: ReviewedFile;
  fingerprint: string;
  /** Whether an earlier run has not read it; undefined where there is none. */
  isNew: boolean | undefined;
  /** The share of the hunks that do not stand above it. */
  share: number;
}

/** The most unusual hunks, the first first; where there is an earlier run, those that it has not read before the others. */
export function shownHunks({ review }: Reviewed, most: number, baseline: ReadLines | undefined): ShownHunk[] {
  const files = new Map(
    review.files.map((file) => [file.path, { file, fingerprints: fingerprintsOf(linesOf(file.after)) }]),
  );
  const { ranked } = review;
  const all = ranked.flatMap((hunk, place) => {
    const read = files.get(hunk.path);
    if (!read) return [];
    const { file, fingerprints } = read;
    const own = newFingerprints(hunk, fingerprints);
    const isNew = baseline && own.some((fingerprint) => !baseline.has(hunk.path, fingerprint));
    return [{ hunk, file, fingerprint: fingerprints[lineOf(hunk)] ?? '', isNew, share: 1 - place / ranked.length }];
  });
  return [...all.filter(({ isNew }) => isNew), ...all.filter(({ isNew }) => !isNew)].slice(0, most);
}

/** What a later run is to know of a review. */
export function readLinesOf({ review }: Reviewed): ReadLines {
  const read = new ReadLines();
  for (const { path, after } of review.files) read.add(path, fingerprintsOf(linesOf(after)));
  return read;
}

/** Of the lines of a hunk that have new tokens: a slip may be in any of them. */
function newFingerprints({ newTokens }: RawHunk, fingerprints: readonly string[]): string[] {
  return [...new Set(newTokens.map(({ line }) => line))].map((line) => fingerprints[line] ?? '');
}

export const SURPRISING_CHANGE = {
  id: 'surprising-change',
  name: 'SurprisingChange',
  shortDescription: { text: 'A change whose new lines surprise the model.' },
  fullDescription: {
    text: 'The surprisal of the most surprising new token of a hunk, given the new file before it. What is unusual is not wrong.',
  },
  defaultConfiguration: { level: 'note' },
} as const;

/** Of a hunk that has new tokens. */
export function sarifResultsOf({ hunk, fingerprint, isNew, share }: ShownHunk): SarifResult[] {
  const worst = hunk.worst;
  if (!worst) return [];
  const { surprise, isComment, addedMean, removedMean, path } = hunk;
  const before = Number.isNaN(removedMean) ? '' : `, before ${removedMean.toFixed(1)}`;
  return [
    {
      path,
      line: lineOf(hunk),
      start: worst.start,
      end: worst.end,
      message: `${addedMean.toFixed(1)} bits a token${before}. The most surprising is ${visibleText(worst.text)} (${worst.bits.toFixed(1)} bits)${expectedClause(worst)}.`,
      rank: Math.round(10_000 * share) / 100,
      fingerprint,
      isNew,
      properties: {
        surprise,
        differsIn: isComment ? 'comments' : 'code',
        bitsPerToken: addedMean,
        bitsPerTokenBefore: numberOrNull(removedMean),
      },
    },
  ];
}

const numberOrNull = (value: number) => (Number.isNaN(value) ? null : value);
