import { visibleBytes, visibleText } from '../../display/glyphs';
import { formatLogprobShort } from '../../display/numbers';
import type { RankClass } from '../../display/rank-class';
import { shorten, widthOf, wrapPhrases } from '../terminal/width';
import type { Candidate, InspectedToken } from './inspection';

const REPLACEMENT = '\ufffd';
const SIX_BYTES_WIDTH = 14;
const SEPARATOR = '  ';
/** Columns of an alternative's token: at most where there is room, and at least before another line is begun. */
const MOST_WIDTH = 16;
const LEAST_WIDTH = 4;

/** A token of the text for people, in so many columns; one that splits a character has its bytes beside the character. */
export function tokenLabel(
  { text, bytes, name = '' }: Pick<InspectedToken, 'text' | 'bytes' | 'name'>,
  width: number,
): string {
  if (bytes === '') return shorten(visibleText(name), width);
  if (isWhole(text, bytes)) return shorten(visibleText(text), width);
  const pieces = visibleBytes(bytes);
  return shorten(shorten(visibleText(text), Math.max(1, width - widthOf(pieces))) + pieces, width);
}

/** A token that could stand there; where it is no whole characters, its bytes, which are not cut for a smaller width. */
export function candidateLabel({ id, text, bytes }: Omit<Candidate, 'logprob'>, width: number): string {
  if (bytes === '') return textless(id);
  return text.includes(REPLACEMENT) && !isWhole(text, bytes)
    ? shorten(visibleBytes(bytes), Math.max(width, SIX_BYTES_WIDTH))
    : shorten(visibleText(text), width);
}

/** A model may know ids that its vocabulary leaves free. */
export const textless = (id: number): string => `[id ${id}, no text]`;

function isWhole(text: string, bytes: string): boolean {
  return Buffer.from(text).toString('hex') === bytes;
}

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

/** Name and mark of each; the mark is as quiet as the class is expected, for readers who see no colours. */
export const RANK_CLASSES: Record<RankClass, { name: string; mark: string }> = {
  first: { name: 'first guess', mark: ' ' },
  ten: { name: 'top 10', mark: '┈' },
  hundred: { name: 'top 100', mark: '╌' },
  beyond: { name: 'beyond', mark: '━' },
};
