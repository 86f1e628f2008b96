import { formatLogprobShort } from '../../display/numbers';
import { widthOf, wrapPhrases } from '../terminal/width';
import type { Candidate } from './inspection';
import { candidateLabel } from './labels';

const SEPARATOR = '  ';
/** Columns of an alternative's token: at most where there is room, and at least before another line is begun. */
const MOST_WIDTH = 16;
const LEAST_WIDTH = 4;

/**
 * The alternatives with their probabilities, on one line where they can be made to fit and are still told apart,
 * otherwise on several.
 */
export function alternativeLines(candidates: readonly Candidate[], width: number): string[] {
  const phrases = (labelWidth: number) =>
    candidates.map((candidate) => `${candidateLabel(candidate, labelWidth)} ${formatLogprobShort(candidate.logprob)}`);
  const different = (labelWidth: number) =>
    new Set(candidates.map((candidate) => candidateLabel(candidate, labelWidth))).size;
  for (let labelWidth = MOST_WIDTH; labelWidth >= LEAST_WIDTH; labelWidth--) {
    const line = phrases(labelWidth).join(SEPARATOR);
    if (widthOf(line) <= width && different(labelWidth) === different(MOST_WIDTH)) return [line];
  }
  return wrapPhrases(phrases(MOST_WIDTH), SEPARATOR, width);
}
