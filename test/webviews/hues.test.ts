import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Rgb, rgbToOklch } from '../../src/display/colour';
import { HUES } from '../../src/display/colour-scale';
import type { Hue, ViewName } from '../../src/shared/inspector-api';
import { isSupported } from '../workbench/harness/install';
import { useInspector } from './harness/use-inspector';
import { WHOLE } from './harness/whole';

const TEXT = 'She found 327 letters. He counted them twice. She found 327 letters.';
const HUES_SIDE = readFileSync('test/webviews/harness/hues-side.js', 'utf8');

const HEADS_OFF = {
  kind: 'heads' as const,
  label: 'heads off',
  ablated: [0, 5, 10, 18].map((layer) => ({ layer, head: 1 })),
};

/** What each view may draw with: surprise is warm, entropy violet, attention blue, the logit lens green, a count of tokens grey. */
const MEANT: Readonly<Record<ViewName, readonly Hue[]>> = {
  tokens: [],
  numbers: [],
  probabilities: ['warm'],
  continue: ['warm'],
  attention: ['blue', 'violet'],
  layers: ['warm', 'green'],
  why: ['blue', 'warm'],
  compare: ['warm'],
  difference: ['blue', 'warm'],
  anatomy: ['blue'],
};
/** Less is grey. */
const COLOURED = 0.05;
/** Tints are mixed with the background, which turns their hue a little. */
const NEAR = 25;

const isNear = (hue: number, meant: Hue) => Math.abs(((hue - HUES[meant] + 540) % 360) - 180) < NEAR;

describe.skipIf(!isSupported)('a hue', () => {
  const use = useInspector();

  it.each(Object.keys(MEANT) as ViewName[])('has one meaning in %s, in the dark and in light', async (view) => {
    const { page, setTheme } = await use.open({
      view,
      text: TEXT,
      theme: 'dark',
      selected: { token: 8 },
      comparison: HEADS_OFF,
      asked: { texts: [TEXT, TEXT.replace('letters', 'mice')] },
    });
    await page.locator(WHOLE[view]).first().waitFor();
    await page.evaluate(HUES_SIDE);
    const coloursOf = async () => {
      const colours = (await page.evaluate('vitrineColours()')) as string[];
      return colours
        .map((colour) => rgbToOklch((colour.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number) as unknown as Rgb))
        .filter(({ chroma }) => chroma > COLOURED);
    };
    for (const theme of ['dark', 'light'] as const) {
      await setTheme(theme);
      for (const meant of MEANT[view]) {
        await expect
          .poll(async () => (await coloursOf()).some(({ hue }) => isNear(hue, meant)), {
            message: `${meant}, ${theme}`,
          })
          .toBe(true);
      }
      const others = (await coloursOf()).filter(({ hue }) => !MEANT[view].some((meant) => isNear(hue, meant)));
      expect(others, theme).toEqual([]);
    }
  });

  it('stays where the system forces its colours upon pages', async () => {
    const { page } = await use.open({ view: 'probabilities', text: TEXT, theme: 'high-contrast' });
    await page.emulateMedia({ forcedColors: 'active' });
    const tints = page.locator('vt-heat-strip .token[style*="background-color"]');
    await tints.first().waitFor();
    const colours = await tints.evaluateAll((tokens) =>
      tokens.map((token) => token.ownerDocument.defaultView.getComputedStyle(token).backgroundColor),
    );
    expect(new Set(colours).size).toBeGreaterThan(3);
  });
});
