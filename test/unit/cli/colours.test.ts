import { describe, expect, it } from 'vitest';
import { colourDepth, createPalette, groundOf, nearestOf256, textColourOn } from '../../../src/cli/terminal/palette';
import { attentionScale, lensScale, stepOf, surprisalScale } from '../../../src/cli/terminal/scales';
import { contrastRatio, oklchToRgb, type Rgb } from '../../../src/display/colour';

const SCALES = { surprisal: surprisalScale, attention: attentionScale, lens: lensScale };
const EVERY_SCALE = Object.entries(SCALES).flatMap(([name, scale]) =>
  (['dark', 'light'] as const).map((ground) => [name, ground, scale[ground]] as const),
);
const GROUNDS: Record<'dark' | 'light', Rgb> = { dark: [0, 0, 0], light: [255, 255, 255] };

describe.each(EVERY_SCALE)('the scale of %s on %s', (_, ground, scale) => {
  it('can be read at every step, in all colours and in 256', () => {
    for (const colour of [...scale, ...scale.map((step) => nearestOf256(step).colour)]) {
      expect(contrastRatio(textColourOn(colour), colour)).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('stands out more with every step', () => {
    const contrasts = scale.map((step) => contrastRatio(step, GROUNDS[ground]));
    expect(contrasts).toEqual(contrasts.toSorted((one, other) => one - other));
  });

  it('has no tint for what is next to nothing, and ends', () => {
    expect(stepOf(scale, 0)).toBeUndefined();
    expect(stepOf(scale, 1.7)).toEqual(scale.at(-1));
  });
});

describe('colours', () => {
  // Contrast: WCAG 2.2's own examples. OKLCH: CSS Color 4's table of named colours.
  it.each<[Rgb, Rgb, number]>([
    [[0, 0, 0], [255, 255, 255], 21],
    [[119, 119, 119], [255, 255, 255], 4.48],
    [[255, 0, 0], [255, 255, 255], 4.0],
  ])('contrast of %j and %j', (one, other, ratio) => expect(contrastRatio(one, other)).toBeCloseTo(ratio, 1));

  it.each<[string, number, number, number, Rgb]>([
    ['white', 1, 0, 0, [255, 255, 255]],
    ['red', 0.62796, 0.25768, 29.234, [255, 0, 0]],
    ['lime', 0.86644, 0.294827, 142.4953, [0, 255, 0]],
    ['blue', 0.45201, 0.313214, 264.052, [0, 0, 255]],
  ])('%s', (_, lightness, chroma, hue, rgb) => expect(oklchToRgb({ lightness, chroma, hue })).toEqual(rgb));

  it.each<[Rgb, number]>([
    [[0, 0, 0], 16],
    [[255, 255, 255], 231],
    [[255, 120, 48], 209],
  ])('%j of 256', (rgb, number) => expect(nearestOf256(rgb).number).toBe(number));
});

describe('what a terminal is given', () => {
  it.each([
    ['a pipe', false, {}, 1],
    ['a pipe with FORCE_COLOR', false, { FORCE_COLOR: '1' }, 8],
    ['a pipe with FORCE_COLOR=3', false, { FORCE_COLOR: '3' }, 24],
    ['a terminal with FORCE_COLOR=0', true, { TERM: 'xterm-256color', FORCE_COLOR: '0' }, 1],
    ['a terminal', true, { TERM: 'xterm-256color' }, 8],
    ['a terminal with all colours', true, { TERM: 'xterm-256color', COLORTERM: 'truecolor' }, 24],
    ['a terminal with an empty NO_COLOR', true, { TERM: 'xterm-256color', NO_COLOR: '' }, 8],
    ['a terminal with NO_COLOR', true, { TERM: 'xterm-256color', NO_COLOR: '1' }, 1],
    ['a terminal that can do nothing', true, { TERM: 'dumb' }, 1],
  ])('%s', (_, isTerminal, env, depth) => expect(colourDepth(isTerminal, env)).toBe(depth));

  it.each([
    [undefined, 'dark'],
    ['15;0', 'dark'],
    ['0;15', 'light'],
    ['0;default;15', 'light'],
  ])('COLORFGBG=%s is %s', (value, ground) => expect(groundOf({ COLORFGBG: value })).toBe(ground));

  it.each([
    [1, 'x'],
    [8, '\x1b[38;5;16;48;5;209mx\x1b[39;49m'],
    [24, '\x1b[38;2;0;0;0;48;2;253;121;51mx\x1b[39;49m'],
  ] as const)('a tint in depth %i', (depth, text) =>
    expect(createPalette(depth, 'dark').surprisal('x', 99)).toBe(text),
  );
});
