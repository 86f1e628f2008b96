import { contrastRatio, oklchToRgb, type Rgb, rgbToOklch } from './colour';

/** Warm for what was unexpected, violet for uncertainty, blue for attention, green for the logit lens. */
export const HUES = { warm: 50, violet: 300, blue: 245, green: 150 } as const;
export type Hue = keyof typeof HUES;

/** Hues that a person wants instead, in degrees. */
export type ChosenHues = Partial<Record<Hue, number | undefined>>;

/** What text and pictures stand on, what text is drawn in, and the hues that somebody chose for what is laid between. */
export interface Ground {
  background: Rgb;
  foreground: Rgb;
  hues?: ChosenHues;
}

/** From a share, 0 to 1, to a colour; 0 is the background itself. Lightness is monotone. */
export type ColourScale = (share: number) => Rgb;

/** What text needs on what it stands on (WCAG 2.2, 1.4.3). */
export const TEXT_CONTRAST = 4.5;

/** Where a theme's own text has less to begin with, tints take no more than this share of it. */
const KEPT_CONTRAST = 0.85;

const CHROMA = 0.15;

/** Lightness of the loudest mark, from the background's (0) to the foreground's (1) and beyond. */
const MARK_LIGHTNESS = { dark: 0.8, light: 0.5 };

/** Tints under text: they end where the foreground on them would fall under 4.5:1. */
export function tintScale(hue: Hue, ground: Ground): ColourScale {
  const { background, foreground } = ground;
  const at = rampFrom(hue, ground, rgbToOklch(foreground).lightness);
  const needed = Math.min(TEXT_CONTRAST, KEPT_CONTRAST * contrastRatio(background, foreground));
  const end = lastLegible(at, foreground, needed);
  return (share) => at(share * end);
}

/** Colours of marks that carry no text: bars, cells, arcs. */
export function markScale(hue: Hue, ground: Ground): ColourScale {
  const isDark = rgbToOklch(ground.background).lightness < 0.5;
  return rampFrom(hue, ground, isDark ? MARK_LIGHTNESS.dark : MARK_LIGHTNESS.light);
}

/** A difference, −1 to 1, around the background: blue below 0, warm above. */
export function differenceScale(ground: Ground, scale: typeof tintScale): ColourScale {
  const below = scale('blue', ground);
  const above = scale('warm', ground);
  return (share) => (share < 0 ? below(-share) : above(share));
}

export function cssColour(colour: Rgb): string {
  return `rgb(${colour.join(' ')})`;
}

/** From the background to a lightness; colour comes faster than lightness, so that quiet tints have a hue too. */
function rampFrom(hue: Hue, { background, hues }: Ground, lightness: number): ColourScale {
  const from = rgbToOklch(background).lightness;
  return (share) => {
    const clamped = Math.min(1, Math.max(0, share));
    if (clamped === 0) return background;
    return oklchToRgb({
      lightness: from + clamped * (lightness - from),
      chroma: CHROMA * Math.sqrt(clamped),
      hue: hues?.[hue] ?? HUES[hue],
    });
  };
}

/** The largest share of a ramp on which a text has the contrast it needs. */
function lastLegible(at: ColourScale, foreground: Rgb, needed: number): number {
  let low = 0;
  let high = 1;
  for (let step = 0; step < 16; step++) {
    const middle = (low + high) / 2;
    if (contrastRatio(at(middle), foreground) >= needed) low = middle;
    else high = middle;
  }
  return low;
}
