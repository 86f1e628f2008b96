import { linesOf } from '../../workspace/changes/file-texts';
import type { RawHunk, ReviewedFile } from '../../workspace/changes/score-hunks';
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
}

/** The most unusual hunks, the first first. */
export function shownHunks({ review }: Reviewed, most: number, baseline: Baseline | undefined): ShownHunk[] {
  const files = new Map(review.files.map((file) => [file.path, file]));
  return review.ranked.slice(0, most).flatMap((hunk) => {
    const file = files.get(hunk.path);
    if (!file) return [];
    const fingerprint = fingerprintsOf(linesOf(file.after))[lineOf(hunk)] ?? '';
    return [{ hunk, file, fingerprint, isNew: baseline && !baseline.has(uriOf(hunk.path), fingerprint) }];
  });
}

/** Where it is told: at its most surprising line. */
const lineOf = (hunk: RawHunk) => hunk.worst?.line ?? hunk.after.from;

export const SURPRISING_CHANGE = {
  id: 'surprising-change',
  name: 'SurprisingChange',
  shortDescription: { text: 'A change whose new lines surprise the model.' },
  fullDescription: {
    text: 'The surprisal of the new lines of a hunk, given all of the new file before them, beside that of the lines in whose place they stand. What is unusual is not wrong.',
  },
  defaultConfiguration: { level: 'note' },
} as const;

/** Of a hunk that adds lines. */
export function sarifResultsOf({ hunk, fingerprint }: ShownHunk): SarifResult[] {
  const worst = hunk.worst;
  if (!worst) return [];
  const { z, rise, addedMean, removedMean, higherThan, path } = hunk;
  const before = Number.isNaN(removedMean) ? '' : `, before ${removedMean.toFixed(1)}`;
  return [
    {
      path,
      line: lineOf(hunk),
      start: worst.start,
      end: worst.end,
      message: `${addedMean.toFixed(1)} bits a token${before}. The most surprising is "${worst.text}" (${worst.bits.toFixed(1)} bits); the model expected "${worst.expected}".`,
      // Of a file that is new as a whole nothing is said: the middle.
      rank: Number.isNaN(higherThan) ? 50 : Math.round(10_000 * higherThan) / 100,
      fingerprint,
      properties: {
        z: numberOrNull(z),
        rise: numberOrNull(rise),
        bitsPerToken: addedMean,
        bitsPerTokenBefore: numberOrNull(removedMean),
      },
    },
  ];
}

const numberOrNull = (value: number) => (Number.isNaN(value) ? null : value);
