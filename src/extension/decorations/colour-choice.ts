import type * as vscode from 'vscode';
import { bitsOf, SURPRISAL_END_BITS } from '../../display/scales';
import { firstAtLeast } from '../../shared/sorted';
import type { Span } from '../../shared/tokens';
import type { ReadingPart } from '../readings/reading';
import { settings } from '../settings';
import type { ColouredBy } from './coloured-by';
import type { Comments } from './comments';
import type { HeatToken } from './heat-tokens';

const SURPRISE_BITS = SURPRISAL_END_BITS / 2;

/** Says of a token whether it is to be coloured. */
export type ColourChoice = (token: HeatToken) => boolean;

/** By the settings: from how many bits on, and whether in comments. */
export function colourChoice(document: vscode.TextDocument, quantity: ColouredBy, comments: Comments): ColourChoice {
  const from = settings.colourFrom();
  const leftOut = settings.colourComments() ? [] : comments.of(document);
  const ends = Uint32Array.from(leftOut, ({ end }) => end);
  const isLeftOut = ({ start, end }: Span) => (leftOut[firstAtLeast(ends, start + 1)]?.start ?? end) < end;
  return ({ part, index, span }) => !(bitsIn(quantity, part, index) < from) && !isLeftOut(span);
}

/**
 * Whether a token is a surprise, to which one goes by key: it reaches the bits from which on tokens are coloured, where those
 * are set, or else the middle of the scale of surprisal.
 */
export function isSurprise({ part, index }: HeatToken): boolean {
  return bitsOf(part.predictions.logprob[index] ?? Number.NaN) >= (settings.colourFrom() || SURPRISE_BITS);
}

/** Of entropy, the bits of the distribution that the token was drawn from; of all else its surprisal. */
export function bitsIn(quantity: ColouredBy, { predictions }: ReadingPart, index: number): number {
  if (quantity === 'entropy') return predictions.entropyAfter[index - 1] ?? Number.NaN;
  return bitsOf(predictions.logprob[index] ?? Number.NaN);
}
