import type { Rgb } from '../../display/colour';
import type { GroundKind } from '../../display/colour-scale';
import { BAND_SHARES, inkOf, opacityOf } from '../../display/tints';
import type { ChosenHues } from '../../shared/inspector-api';

/** What text stands on. */
export type Ground = GroundKind;

/** Warm for what was unexpected, violet for uncertainty, blue for attention. */
export type Hue = 'warm' | 'violet' | 'blue';

export interface Tint {
  colour: Rgb;
  /** From 0 to 1. */
  opacity: number;
  /** Whether text on it is drawn in the editor's foreground, because syntax colours would be hard to read. */
  plainText: boolean;
}

/** From this level on the built-in themes' syntax colours fall under a contrast of 4.5. */
const PLAIN_TEXT_LEVEL = 2;

/** The tint of a level from 1 on: one colour, more of it with every level. */
export function tintOf(hue: Hue, ground: Ground, level: number, chosen: ChosenHues = {}): Tint {
  return {
    colour: inkOf(hue, ground, chosen),
    opacity: opacityOf(level),
    plainText: level >= PLAIN_TEXT_LEVEL,
  };
}

const BAND_COLOUR: Record<Ground, Rgb> = { dark: [204, 204, 204], light: [59, 59, 59] };

/** The tints of tokens in turn: two strengths of the foreground, far enough apart to show where one ends. */
export function bandTints(ground: Ground): { even: string; odd: string } {
  return { even: rgba(BAND_COLOUR[ground], BAND_SHARES.even), odd: rgba(BAND_COLOUR[ground], BAND_SHARES.odd) };
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
