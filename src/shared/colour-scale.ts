import { contrastRatio, mix, type Oklch, oklchToRgb, type Rgb, rgbToOklch } from './colour';

/** Warm for what was unexpected, violet for uncertainty, blue for attention, green for the logit lens. */
export const HUES = { warm: 50, violet: 300, blue: 245, green: 150 } as const;
export type Hue = keyof typeof HUES;

/** Whether light text stands on dark, or dark text on light. */
export type GroundKind = 'dark' | 'light';

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

/** What a tint is mixed of, beside the background: the same in the editor and in the inspector. */
const INKS = {
  dark: {
    warm: { lightness: 0.7, chroma: 0.18 },
    violet: { lightness: 0.66, chroma: 0.19 },
    blue: { lightness: 0.66, chroma: 0.16 },
    green: { lightness: 0.68, chroma: 0.15 },
  },
  light: {
    warm: { lightness: 0.72, chroma: 0.19 },
    violet: { lightness: 0.62, chroma: 0.2 },
    blue: { lightness: 0.62, chroma: 0.17 },
    green: { lightness: 0.66, chroma: 0.16 },
  },
} as const satisfies Record<GroundKind, Record<Hue, Omit<Oklch, 'hue'>>>;

/** Of hues that a person chose: text is readable on any. */
const CHOSEN_INK = {
  dark: { lightness: 0.65, chroma: 0.17 },
  light: { lightness: 0.7, chroma: 0.18 },
} as const satisfies Record<GroundKind, Omit<Oklch, 'hue'>>;

/** How much of the ink the loudest tint has. */
export const LOUDEST_TINT = 0.45;

/** How much of the foreground the bands of tokens in turn have: their neighbours are told apart on dark and on light. */
export const BAND_SHARES = { even: 0.05, odd: 0.15 } as const;

/** The loudest marks carry no text: they stand out from the background by 3:1. */
const MARKS = { dark: { lightness: 0.8, chroma: 0.15 }, light: { lightness: 0.58, chroma: 0.17 } } as const;

/** The colour that tints of a hue are mixed of. */
export function inkOf(hue: Hue, kind: GroundKind, chosen: ChosenHues = {}): Rgb {
  const own = chosen[hue];
  return oklchToRgb(own === undefined ? { ...INKS[kind][hue], hue: HUES[hue] } : { ...CHOSEN_INK[kind], hue: own });
}

/** Tints under text: they end at the editor's loudest, or where the foreground on them would fall under 4.5:1. */
export function tintScale(hue: Hue, ground: Ground): ColourScale {
  const { background, foreground } = ground;
  const loudest = mix(background, inkOf(hue, kindOf(ground), ground.hues), LOUDEST_TINT);
  const at = rampTo(rgbToOklch(loudest), hue, ground);
  const needed = Math.min(TEXT_CONTRAST, KEPT_CONTRAST * contrastRatio(background, foreground));
  const end = lastLegible(at, foreground, needed);
  return (share) => at(share * end);
}

/** Colours of marks that carry no text: bars, cells, arcs. */
export function markScale(hue: Hue, ground: Ground): ColourScale {
  return rampTo(MARKS[kindOf(ground)], hue, ground);
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

const kindOf = ({ background }: Ground): GroundKind => (rgbToOklch(background).lightness < 0.5 ? 'dark' : 'light');

/** From the background to a loudest colour; colour comes faster than lightness, so that quiet tints have a hue too. */
function rampTo(loudest: Omit<Oklch, 'hue'>, hue: Hue, { background, hues }: Ground): ColourScale {
  const from = rgbToOklch(background).lightness;
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
