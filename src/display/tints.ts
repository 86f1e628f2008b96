import type { ChosenHues, Hue } from '../shared/inspector-api';
import { contrastRatio, mix, type Oklch, oklchToRgb, type Rgb } from './colour';
import { type ColourScale, type Ground, type GroundKind, HUES, kindOf } from './colour-scale';

/*
 * Backgrounds of text: some of an ink laid over the background. The editor, which knows no colour of its theme, has the
 * browser mix them; the inspector mixes them itself. Both take the inks, the steps and their strengths from here, so that
 * a token has one colour in both.
 */

/** What text needs on what it stands on (WCAG 2.2, 1.4.3). */
const TEXT_CONTRAST = 4.5;

/** Where a theme's own text has less to begin with, tints take no more than this share of it. */
const KEPT_CONTRAST = 0.85;

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
const LOUDEST = 0.45;

/** How much of the foreground the bands of tokens in turn have: their neighbours are told apart on dark and on light. */
export const BAND_SHARES = { even: 0.05, odd: 0.15 } as const;

/** Steps of heat and of painted attention, since the editor has few kinds of decoration; the lowest has no tint. */
export const LEVELS = 8;

/** @param share from 0 to 1. @returns 0 to LEVELS - 1; 0 for what is not a number. */
export function levelOf(share: number): number {
  return Math.min(LEVELS - 1, Math.floor(share * LEVELS)) || 0;
}

/** How much of the ink a level has, 0 to 1. */
export function opacityOf(level: number): number {
  return (LOUDEST * level) / (LEVELS - 1);
}

/** The colour that tints of a hue are mixed of. */
export function inkOf(hue: Hue, kind: GroundKind, chosen: ChosenHues = {}): Rgb {
  const own = chosen[hue];
  return oklchToRgb(own === undefined ? { ...INKS[kind][hue], hue: HUES[hue] } : { ...CHOSEN_INK[kind], hue: own });
}

/** Tints under text: they end at the loudest, or where the foreground on them would fall under 4.5:1. */
export function tintScale(hue: Hue, ground: Ground): ColourScale {
  const { background, foreground, hues } = ground;
  const ink = inkOf(hue, kindOf(ground), hues);
  const at: ColourScale = (share) => mix(background, ink, LOUDEST * Math.min(1, Math.max(0, share)));
  const needed = Math.min(TEXT_CONTRAST, KEPT_CONTRAST * contrastRatio(background, foreground));
  const end = lastLegible(at, foreground, needed);
  return end === 1 ? at : (share) => at(share * end);
}

/** The same in the editor's steps: what a token is painted with in both. */
export function heatScale(hue: Hue, ground: Ground): ColourScale {
  const tint = tintScale(hue, ground);
  return (share) => tint(levelOf(share) / (LEVELS - 1));
}

/** The largest share of a scale on which a text has the contrast it needs. */
function lastLegible(at: ColourScale, foreground: Rgb, needed: number): number {
  if (contrastRatio(at(1), foreground) >= needed) return 1;
  let low = 0;
  let high = 1;
  for (let step = 0; step < 16; step++) {
    const middle = (low + high) / 2;
    if (contrastRatio(at(middle), foreground) >= needed) low = middle;
    else high = middle;
  }
  return low;
}
