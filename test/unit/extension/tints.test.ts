import { describe, expect, it } from 'vitest';
import { contrastRatio, hueOfHex, type Rgb } from '../../../src/display/colour';
import { heatScale, LEVELS, levelOf } from '../../../src/display/tints';
import { bandTints, type Ground, type Hue, overEditor, tintOf } from '../../../src/extension/decorations/tints';

/** Colours of VS Code's own themes: the editor's background and foreground, and what syntax colours text on a ground. */
const THEMES: Record<string, { ground: Ground; background: Rgb; foreground: Rgb; syntax: Record<string, Rgb> }> = {
  'Dark Modern': {
    ground: 'dark',
    background: [0x1f, 0x1f, 0x1f],
    foreground: [0xcc, 0xcc, 0xcc],
    syntax: { keyword: [0x56, 0x9c, 0xd6], string: [0xce, 0x91, 0x78], comment: [0x6a, 0x99, 0x55] },
  },
  'Light Modern': {
    ground: 'light',
    background: [0xff, 0xff, 0xff],
    foreground: [0x3b, 0x3b, 0x3b],
    syntax: { keyword: [0x00, 0x00, 0xff], string: [0xa3, 0x15, 0x15], comment: [0x00, 0x80, 0x00] },
  },
  'Dark High Contrast': {
    ground: 'dark',
    background: [0x00, 0x00, 0x00],
    foreground: [0xff, 0xff, 0xff],
    syntax: { keyword: [0x56, 0x9c, 0xd6], string: [0xce, 0x91, 0x78], comment: [0x7c, 0xa6, 0x68] },
  },
  'Light High Contrast': {
    ground: 'light',
    background: [0xff, 0xff, 0xff],
    foreground: [0x29, 0x29, 0x29],
    syntax: { keyword: [0x0f, 0x4a, 0x85], string: [0x0f, 0x4a, 0x85], comment: [0x51, 0x51, 0x51] },
  },
};
const HUES: Hue[] = ['warm', 'violet', 'blue'];
const LEAST_CONTRAST = 4.5;
const levels = Array.from({ length: LEVELS - 1 }, (_, i) => i + 1);

const cases = Object.keys(THEMES).flatMap((theme) => HUES.map((hue) => [theme, hue] as const));

describe.each(cases)('%s, %s', (name, hue) => {
  const { ground, background, foreground, syntax } = THEMES[name] as (typeof THEMES)[string];
  const shown = levels.map((level) => {
    const tint = tintOf(hue, ground, level);
    return { ...tint, over: mix(background, tint.colour, tint.opacity) };
  });

  it('leaves text readable on every level', () => {
    for (const { over, plainText } of shown) {
      const texts = plainText ? [foreground] : [foreground, ...Object.values(syntax)];
      for (const text of texts) expect(contrastRatio(text, over)).toBeGreaterThanOrEqual(LEAST_CONTRAST);
    }
  });

  it('stands out more with every level, and never by more than 45 %', () => {
    const contrasts = shown.map(({ over }) => contrastRatio(over, background));
    expect(contrasts).toEqual([...contrasts].sort((a, b) => a - b));
    expect(new Set(contrasts).size).toBe(LEVELS - 1);
    expect(Math.max(...shown.map(({ opacity }) => opacity))).toBeLessThanOrEqual(0.45);
  });
});

describe('the same token in the editor and in the inspector', () => {
  const shares = Array.from({ length: 101 }, (_, i) => i / 100);

  it.each(cases)('has one colour in %s, %s', (name, hue) => {
    const { ground, background, foreground } = THEMES[name] as (typeof THEMES)[string];
    for (const hues of [{}, { [hue]: 110 }]) {
      const inInspector = heatScale(hue, { background, foreground, hues });
      for (const share of shares) {
        const inEditor = mixedByBrowser(overEditor(tintOf(hue, ground, levelOf(share), hues)), background);
        const differences = inInspector(share).map((byte, i) => Math.abs(byte - (inEditor[i] ?? 0)));
        expect(Math.max(...differences)).toBeLessThanOrEqual(1);
      }
    }
  });
});

describe("a hue of a person's own", () => {
  const own = Array.from({ length: 24 }, (_, i) => 15 * i);
  it.each(Object.entries(THEMES))('leaves text readable in %s', (_, { ground, background, foreground }) => {
    for (const degrees of own) {
      const { colour, opacity } = tintOf('warm', ground, LEVELS - 1, { warm: degrees });
      expect(contrastRatio(foreground, mix(background, colour, opacity))).toBeGreaterThanOrEqual(LEAST_CONTRAST);
    }
  });

  it.each([
    ['#e07b39', true],
    ['#00AA55', true],
    // Greys have no hue.
    ['#808080', false],
    ['orange', false],
    ['', false],
  ])('is that of %s: %s', (text, has) => expect(hueOfHex(text) !== undefined).toBe(has));

  it('is the hue of the colour', () => expect(hueOfHex('#ff0000')).toBeCloseTo(29.23, 1));
});

it.each([
  [0, 0],
  [0.124, 0],
  [0.125, 1],
  [0.999, 7],
  [1, 7],
  [Number.NaN, 0],
])('puts the share %d on level %i', (share, level) => {
  expect(levelOf(share)).toBe(level);
});

it.each(['dark', 'light'] as const)('has two different quiet bands on %s', (ground) => {
  const { even, odd } = bandTints(ground);
  expect(even).not.toBe(odd);
});

/** What a browser makes of the editor's style. */
function mixedByBrowser(css: string, background: Rgb): Rgb {
  const [red, green, blue, percent] =
    /^color-mix\(in srgb, rgb\((\d+), (\d+), (\d+)\) ([\d.]+)%, var\(--vscode-editor-background\)\)$/
      .exec(css)
      ?.slice(1)
      .map(Number) ?? [];
  return mix(background, [red ?? 0, green ?? 0, blue ?? 0], (percent ?? Number.NaN) / 100);
}

/** A colour drawn over another one. */
function mix(under: Rgb, over: Rgb, opacity: number): Rgb {
  const channel = (i: 0 | 1 | 2) => Math.round(under[i] * (1 - opacity) + over[i] * opacity);
  return [channel(0), channel(1), channel(2)];
}
