import { describe, expect, it } from 'vitest';
import { contrastRatio, mix, oklchToRgb, type Rgb, rgbToOklch } from '../../../src/display/colour';
import { type ColourScale, differenceScale, type Ground, HUES, markScale } from '../../../src/display/colour-scale';
import { BAND_SHARES, tintScale } from '../../../src/display/tints';
import type { Hue } from '../../../src/shared/inspector-api';

const DARK: Ground = { background: [31, 31, 31], foreground: [204, 204, 204] };
const LIGHT: Ground = { background: [255, 255, 255], foreground: [59, 59, 59] };
/** Yellow, which is bright, and blue, which is dark. */
const OWN = { warm: 110, violet: 265, blue: 195 };

/** The editor's grounds: the built-in themes', and others that people have. */
const GROUNDS: [string, Ground][] = [
  ['Dark Modern', DARK],
  ['Light Modern', LIGHT],
  ['High Contrast', { background: [0, 0, 0], foreground: [255, 255, 255] }],
  ['High Contrast Light', { background: [255, 255, 255], foreground: [41, 41, 41] }],
  ['Solarized Dark', { background: [0, 43, 54], foreground: [131, 148, 150] }],
  ['Solarized Light', { background: [253, 246, 227], foreground: [101, 123, 131] }],
  ['Dark Modern with hues of its own', { ...DARK, hues: OWN }],
  ['Light Modern with hues of its own', { ...LIGHT, hues: OWN }],
  ['Monokai', { background: [39, 40, 34], foreground: [248, 248, 242] }],
];
const SHARES = Array.from({ length: 101 }, (_, i) => i / 100);
const hues = Object.keys(HUES) as Hue[];
const cases = GROUNDS.flatMap(([name, ground]) => hues.map((hue): [string, Hue, Ground] => [name, hue, ground]));

/** Rounding to bytes moves a lightness by less. */
const ROUNDING = 0.004;

function expectMonotone(scale: ColourScale): void {
  const lightness = SHARES.map((share) => rgbToOklch(scale(share)).lightness);
  const direction = Math.sign((lightness.at(-1) ?? 0) - (lightness[0] ?? 0));
  for (let i = 1; i < lightness.length; i++) {
    expect(direction * ((lightness[i] ?? 0) - (lightness[i - 1] ?? 0))).toBeGreaterThan(-ROUNDING);
  }
}

describe('text on a tint', () => {
  it.each(cases.filter(([, , { background, foreground }]) => contrastRatio(background, foreground) > 5.5))(
    'has a contrast of 4.5 in %s on every %s tint',
    (_, hue, ground) => {
      const scale = tintScale(hue, ground);
      for (const share of SHARES) {
        expect(contrastRatio(scale(share), ground.foreground)).toBeGreaterThanOrEqual(4.5);
      }
    },
  );
});

describe('a scale', () => {
  it.each(cases)('goes one way in lightness in %s, %s', (_, hue, ground) => {
    expectMonotone(tintScale(hue, ground));
    expectMonotone(markScale(hue, ground));
  });

  it.each(cases)('begins at the background in %s, %s', (_, hue, ground) => {
    expect([tintScale(hue, ground)(0), markScale(hue, ground)(0)]).toEqual([ground.background, ground.background]);
  });

  it.each(GROUNDS)('ends in marks that stand out from the background in %s', (_, ground) => {
    for (const hue of hues) expect(contrastRatio(markScale(hue, ground)(1), ground.background)).toBeGreaterThan(3);
  });

  it.each(hues)('has a hue that somebody chose: %s', (hue) => {
    const { hue: seen } = rgbToOklch(markScale(hue, { ...DARK, hues: { [hue]: 20 } })(1));
    expect(Math.abs(seen - 20)).toBeLessThan(2);
  });

  it('is blue for a fall and warm for a rise', () => {
    const [, ground] = GROUNDS[0] as [string, Ground];
    const scale = differenceScale(ground, tintScale);
    expect(scale(-1)).toEqual(tintScale('blue', ground)(1));
    expect(scale(1)).toEqual(tintScale('warm', ground)(1));
    expect(scale(0)).toEqual(ground.background);
  });
});

describe('bands of tokens in turn', () => {
  it.each(GROUNDS)('are told apart, and leave text readable, in %s', (_, { background, foreground }) => {
    const [even, odd] = [BAND_SHARES.even, BAND_SHARES.odd].map((share) => mix(background, foreground, share));
    expect(contrastRatio(even as Rgb, odd as Rgb)).toBeGreaterThan(1.1);
    const whole = contrastRatio(background, foreground);
    expect(contrastRatio(odd as Rgb, foreground)).toBeGreaterThan(Math.min(4.5, 0.75 * whole));
  });
});

it('goes from a colour to its lightness, chroma and hue and back', () => {
  const colours: Rgb[] = [
    [31, 31, 31],
    [255, 128, 0],
    [12, 200, 240],
    [0, 0, 255],
  ];
  expect(colours.map((colour) => oklchToRgb(rgbToOklch(colour)))).toEqual(colours);
});
