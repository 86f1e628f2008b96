import { type Oklch, oklchToRgb, type Rgb } from '../../display/colour';

/** What the terminal writes on. */
export type Ground = 'dark' | 'light';

/** The lowest step stays near the ground, the highest stands out from it. */
interface Ends {
  low: Oklch;
  high: Oklch;
}

const STEPS = 16;

const WARM: Record<Ground, Ends> = {
  dark: { low: { lightness: 0.27, chroma: 0.035, hue: 70 }, high: { lightness: 0.72, chroma: 0.18, hue: 45 } },
  light: { low: { lightness: 0.96, chroma: 0.03, hue: 85 }, high: { lightness: 0.68, chroma: 0.2, hue: 42 } },
};
const BLUE: Record<Ground, Ends> = {
  dark: { low: { lightness: 0.25, chroma: 0.03, hue: 255 }, high: { lightness: 0.7, chroma: 0.15, hue: 250 } },
  light: { low: { lightness: 0.96, chroma: 0.02, hue: 255 }, high: { lightness: 0.62, chroma: 0.17, hue: 255 } },
};
const GREEN: Record<Ground, Ends> = {
  dark: { low: { lightness: 0.25, chroma: 0.03, hue: 155 }, high: { lightness: 0.72, chroma: 0.15, hue: 152 } },
  light: { low: { lightness: 0.96, chroma: 0.03, hue: 155 }, high: { lightness: 0.7, chroma: 0.17, hue: 152 } },
};

/** Sequential, lowest first: one step a bit of surprisal. */
export type Scale = readonly Rgb[];

export const surprisalScale = scaleOf(WARM);
export const attentionScale = scaleOf(BLUE);
export const lensScale = scaleOf(GREEN);

/** The tints of neighbouring tokens. */
export const bandColours: Record<Ground, Scale> = {
  dark: [oklchToRgb({ lightness: 0.27, chroma: 0, hue: 0 }), oklchToRgb({ lightness: 0.36, chroma: 0, hue: 0 })],
  light: [oklchToRgb({ lightness: 0.95, chroma: 0, hue: 0 }), oklchToRgb({ lightness: 0.88, chroma: 0, hue: 0 })],
};

/** Of a number that is 1, 2, 3, 4 or more tokens: blue for one, orange for a token a digit, as in the number view. */
export const tokenCountColours: Record<Ground, Scale> = {
  dark: [
    oklchToRgb({ lightness: 0.64, chroma: 0.14, hue: 250 }),
    oklchToRgb({ lightness: 0.3, chroma: 0.01, hue: 250 }),
    oklchToRgb({ lightness: 0.56, chroma: 0.1, hue: 60 }),
    oklchToRgb({ lightness: 0.72, chroma: 0.14, hue: 58 }),
  ],
  light: [
    oklchToRgb({ lightness: 0.56, chroma: 0.15, hue: 250 }),
    oklchToRgb({ lightness: 0.92, chroma: 0.01, hue: 250 }),
    oklchToRgb({ lightness: 0.78, chroma: 0.1, hue: 65 }),
    oklchToRgb({ lightness: 0.66, chroma: 0.16, hue: 52 }),
  ],
};

/** The step of a share from 0 to 1, or undefined, no tint, in the lowest one. */
export function stepOf(scale: Scale, share: number): Rgb | undefined {
  const step = Math.min(STEPS - 1, Math.floor(share * STEPS));
  return step >= 1 ? scale[step] : undefined;
}

function scaleOf(ends: Record<Ground, Ends>): Record<Ground, Scale> {
  return { dark: steps(ends.dark), light: steps(ends.light) };
}

function steps({ low, high }: Ends): Scale {
  return Array.from({ length: STEPS }, (_, step) => {
    const share = step / (STEPS - 1);
    const between = (from: number, to: number) => from + share * (to - from);
    return oklchToRgb({
      lightness: between(low.lightness, high.lightness),
      chroma: between(low.chroma, high.chroma),
      hue: between(low.hue, high.hue),
    });
  });
}
