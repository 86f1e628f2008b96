import { linesOf } from '../../workspace/changes/file-texts';
import type { RawHunk } from '../../workspace/changes/hunk-score';
import type { ReviewedFile } from '../../workspace/changes/review';
import type { Baseline } from '../sarif/baseline';
import { fingerprintsOf } from '../sarif/fingerprints';
import { type SarifResult, uriOf } from '../sarif/sarif-log';
import type { Reviewed } from './read-review';

/** A hunk as it is shown. */
export interface ShownHunk {
  hunk: RawHunk;
  file: ReviewedFile;
  fingerprint: string;
  /** Whether an earlier run has not told it; undefined where there is none. */
  isNew: boolean | undefined;
  /** The share of the hunks that do not stand above it. */
  share: number;
}

/** The most unusual hunks, the first first. */
export function shownHunks({ review }: Reviewed, most: number, baseline: Baseline | undefined): ShownHunk[] {
  const files = new Map(review.files.map((file) => [file.path, file]));
  const { ranked } = review;
  return ranked.slice(0, most).flatMap((hunk, place) => {
    const file = files.get(hunk.path);
    if (!file) return [];
    const fingerprint = fingerprintsOf(linesOf(file.after))[lineOf(hunk)] ?? '';
    const isNew = baseline && !baseline.has(uriOf(hunk.path), fingerprint);
    return [{ hunk, file, fingerprint, isNew, share: 1 - place / ranked.length }];
  });
}

/** Where it is told: at its most surprising line. */
export const lineOf = (hunk: RawHunk) => hunk.worst?.line ?? hunk.after.from;

export const SURPRISING_CHANGE = {
  id: 'surprising-change',
  name: 'SurprisingChange',
  shortDescription: { text: 'A change whose new lines surprise the model.' },
  fullDescription: {
    text: 'The surprisal of the new tokens of a hunk, given the new file before them, above what is usual in its language. What is unusual is not wrong.',
  },
  defaultConfiguration: { level: 'note' },
} as const;

/** Of a hunk that has new tokens. */
export function sarifResultsOf({ hunk, fingerprint, share }: ShownHunk): SarifResult[] {
  const worst = hunk.worst;
  if (!worst) return [];
  const { aboveUsual, isComment, addedMean, removedMean, path } = hunk;
  const before = Number.isNaN(removedMean) ? '' : `, before ${removedMean.toFixed(1)}`;
  return [
    {
      path,
      line: lineOf(hunk),
      start: worst.start,
      end: worst.end,
      message: `${addedMean.toFixed(1)} bits a token${before}. The most surprising is "${worst.text}" (${worst.bits.toFixed(1)} bits); the model expected "${worst.expected}".`,
      rank: Math.round(10_000 * share) / 100,
      fingerprint,
      properties: {
        bitsAboveUsual: numberOrNull(aboveUsual),
        differsIn: isComment ? 'comments' : 'code',
        bitsPerToken: addedMean,
        bitsPerTokenBefore: numberOrNull(removedMean),
      },
    },
  ];
}

const numberOrNull = (value: number) => (Number.isNaN(value) ? null : value);
