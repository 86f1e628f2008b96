import { type Oklch, oklchToRgb, type Rgb } from '../../shared/colour';
import type { ChosenHues } from '../../shared/colour-scale';

/** What text stands on. */
export type Ground = 'dark' | 'light';

/** Warm for what was unexpected, violet for uncertainty, blue for attention. */
export type Hue = 'warm' | 'violet' | 'blue';

export interface Tint {
  colour: Rgb;
  /** From 0 to 1. */
  opacity: number;
  /** Whether text on it is drawn in the editor's foreground, because syntax colours would be hard to read. */
  plainText: boolean;
}

/** Steps of a scale; the lowest has no tint. */
export const LEVELS = 8;

const HIGHEST_OPACITY = 0.45;

/** From this level on the built-in themes' syntax colours fall under a contrast of 4.5. */
const PLAIN_TEXT_LEVEL = 2;

const LOUDEST: Record<Ground, Record<Hue, Oklch>> = {
  dark: {
    warm: { lightness: 0.7, chroma: 0.18, hue: 48 },
    violet: { lightness: 0.66, chroma: 0.19, hue: 300 },
    blue: { lightness: 0.66, chroma: 0.16, hue: 250 },
  },
  light: {
    warm: { lightness: 0.72, chroma: 0.19, hue: 50 },
    violet: { lightness: 0.62, chroma: 0.2, hue: 300 },
    blue: { lightness: 0.62, chroma: 0.17, hue: 250 },
  },
};

/** Of hues that a person chose: text is readable on any. */
const OWN: Record<Ground, Omit<Oklch, 'hue'>> = {
  dark: { lightness: 0.65, chroma: 0.17 },
  light: { lightness: 0.7, chroma: 0.18 },
};

/** @param share from 0 to 1. @returns 0 to LEVELS - 1; 0 for what is not a number. */
export function levelOf(share: number): number {
  return Math.min(LEVELS - 1, Math.floor(share * LEVELS)) || 0;
}

/** The tint of a level from 1 on: one colour, more of it with every level. */
export function tintOf(hue: Hue, ground: Ground, level: number, chosen: ChosenHues = {}): Tint {
  const own = chosen[hue];
  return {
    colour: oklchToRgb(own === undefined ? LOUDEST[ground][hue] : { ...OWN[ground], hue: own }),
    opacity: (HIGHEST_OPACITY * level) / (LEVELS - 1),
    plainText: level >= PLAIN_TEXT_LEVEL,
  };
}

const BAND_COLOUR: Record<Ground, Rgb> = { dark: [204, 204, 204], light: [59, 59, 59] };

/** The tints of tokens in turn: two strengths of the foreground, far enough apart to show where one ends. */
export function bandTints(ground: Ground): { even: string; odd: string } {
  return { even: rgba(BAND_COLOUR[ground], 0.05), odd: rgba(BAND_COLOUR[ground], 0.12) };
}

/**
 * Opaque, so that it looks the same where the editor's selection or the current line would shine through: text would be
 * hard to read on both colours at once, and black on black in high contrast.
 */
export function overEditor({ colour, opacity }: Tint): string {
  const share = `${(100 * opacity).toFixed(1)}%`;
  return `color-mix(in srgb, rgb(${colour.join(', ')}) ${share}, var(--vscode-editor-background))`;
}

export function rgba(colour: Rgb, opacity: number): string {
  return `rgba(${colour.join(', ')}, ${opacity.toFixed(3)})`;
}
