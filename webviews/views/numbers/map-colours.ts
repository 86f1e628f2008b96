import type { Rgb } from '../../../src/shared/colour';
import type { Theme } from '../../kit/theme';

/** Different colours: numbers of more tokens than this are drawn alike. */
export const MOST_TOKENS = 4;

/** The colour of a number that takes so many tokens: blue for one, the background's own for two, warm beyond. */
export function mapColour(theme: Theme, tokens: number): Rgb {
  const { background, foreground } = theme.ground;
  switch (Math.min(MOST_TOKENS, tokens)) {
    // The vocabulary lacks a digit of it.
    case 0:
      return background;
    case 1:
      return theme.mark('blue')(0.85);
    case 2:
      return background.map((byte, i) => Math.round(byte + 0.12 * ((foreground[i] ?? 0) - byte))) as unknown as Rgb;
    case 3:
      return theme.mark('warm')(0.5);
    default:
      return theme.mark('warm')(0.95);
  }
}
