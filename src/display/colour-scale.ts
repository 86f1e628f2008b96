import type { ChosenHues, Hue } from '../shared/inspector-api';
import { oklchToRgb, type Rgb, rgbToOklch } from './colour';

/** The scales' own hues, in degrees. */
export const HUES: Readonly<Record<Hue, number>> = { warm: 50, violet: 300, blue: 245, green: 150 };

/** Whether light text stands on dark, or dark text on light. */
export type GroundKind = 'dark' | 'light';

/** What text and pictures stand on, what text is drawn in, and the hues that somebody chose for what is laid between. */
export interface Ground {
  background: Rgb;
  foreground: Rgb;
  hues?: ChosenHues;
}

/** From a share, 0 to 1, to a colour; 0 is the background itself. Lightness is monotone. */
export type ColourScale = (share: number) => Rgb;

/** The loudest marks carry no text: they stand out from the background by 3:1. */
const MARKS = { dark: { lightness: 0.8, chroma: 0.15 }, light: { lightness: 0.58, chroma: 0.17 } } as const;

/**
 * Colours of marks that carry no text: bars, cells, arcs. They go from the background to a loudest colour, colour faster
 * than lightness, so that quiet ones have a hue too.
 */
export function markScale(hue: Hue, ground: Ground): ColourScale {
  const { background, hues } = ground;
  const from = rgbToOklch(background).lightness;
  const loudest = MARKS[kindOf(ground)];
  return (share) => {
    const clamped = Math.min(1, Math.max(0, share));
    if (clamped === 0) return background;
    return oklchToRgb({
      lightness: from + clamped * (loudest.lightness - from),
      chroma: loudest.chroma * Math.sqrt(clamped),
      hue: hues?.[hue] ?? HUES[hue],
    });
  };
}

/** From the background towards the foreground, for what has no hue of its own. @param most of the foreground, at the end */
export function greyScale({ background, foreground }: Ground, most: number): ColourScale {
  return (share) => {
    const part = most * Math.min(1, Math.max(0, share));
    const [red = 0, green = 0, blue = 0] = background.map((from, i) =>
      Math.round(from + part * ((foreground[i] as number) - from)),
    );
    return [red, green, blue];
  };
}

/** A difference, −1 to 1, around the background: blue below 0, warm above. */
export function differenceScale(ground: Ground, scale: (hue: Hue, ground: Ground) => ColourScale): ColourScale {
  const below = scale('blue', ground);
  const above = scale('warm', ground);
  return (share) => (share < 0 ? below(-share) : above(share));
}

export function cssColour(colour: Rgb): string {
  return `rgb(${colour.join(' ')})`;
}

export const kindOf = ({ background }: Ground): GroundKind =>
  rgbToOklch(background).lightness < 0.5 ? 'dark' : 'light';
