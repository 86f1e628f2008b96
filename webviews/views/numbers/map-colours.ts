import { mix, type Rgb } from '../../../src/display/colour';
import type { Theme } from '../../kit/theme';

/** Different colours: numbers of more tokens than this are drawn alike. */
export const MOST_TOKENS = 4;

/** How much of the foreground a number has by its tokens, from none on, where the vocabulary lacks a digit of it. */
const SHARES = [0, 0.12, 0.35, 0.6, 0.9];

/** The colour of a number that takes so many tokens: grey, as bands of tokens are, for hues are of what the model thinks. */
export function mapColour(theme: Theme, tokens: number): Rgb {
  const { background, foreground } = theme.ground;
  return mix(background, foreground, SHARES[Math.min(MOST_TOKENS, tokens)] ?? 0);
}
