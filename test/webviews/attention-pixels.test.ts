import type { Page } from 'playwright-core';
import { describe, expect, it, vi } from 'vitest';
import type { Rgb } from '../../src/display/colour';
import { markScale } from '../../src/display/colour-scale';
import { attentionShare } from '../../src/display/scales';
import type { AttentionPattern } from '../../src/shared/engine-api';
import { isSupported } from '../workbench/harness/install';
import { type ThemeName, themeOf } from './harness/page';
import { useInspector } from './harness/use-inspector';

/** Its second half repeats the first: an induction head has a stripe there. */
const TEXT = 'She found 327 letters under the old kitchen floor. She found 327 letters under the old kitchen floor.';
/** An induction head, two that look at the token before, and three of other layers. */
const HEADS = ['18.6', '16.0', '11.1', '0.0', '7.4', '29.8'];
const THEMES = ['dark', 'light', 'high-contrast'] as const;
/** How long pixels may take to become what they have to be. */
const PAINTED = { timeout: 20_000, interval: 100 };

describe.skipIf(!isSupported)("the heatmap's pixels", () => {
  const use = useInspector();

  it.each(HEADS)('are the attention of head %s, in three themes', async (name) => {
    const [layer, head] = name.split('.').map(Number) as [number, number];
    const inspector = await use.open({ view: 'attention', text: TEXT, width: 1200, height: 900 });
    const { page, host, hostApi, setTheme } = inspector;
    await page.getByRole('gridcell', { name: `head ${name},` }).click();
    await page.mouse.move(0, 0);
    await page.getByRole('heading', { name: `Head ${name}` }).waitFor();
    const pattern = await host.attention({ trace: hostApi.state.subject?.read?.trace ?? 0, layer, head });
    for (const theme of THEMES) {
      await setTheme(theme);
      // A pattern and a theme are painted in a later frame.
      await vi.waitFor(async () => expectTrue(await pixelsOf(page), pattern, theme), PAINTED);
    }
  });
});

function expectTrue(pixels: readonly Rgb[], { maximum, rows, columns }: AttentionPattern, theme: ThemeName): void {
  const background = colourOf(theme, '--vscode-editor-background');
  const scale = markScale('blue', { background, foreground: colourOf(theme, '--vscode-editor-foreground') });
  const largest = maximum.reduce((most, weight, at) => (at % columns === 0 ? most : Math.max(most, weight)), 0);
  expect(pixels.length).toBe(rows * columns);
  for (let row = 1; row < rows; row++) {
    const weights = maximum.subarray(row * columns + 1, (row + 1) * columns);
    const drawn = pixels.slice(row * columns + 1, (row + 1) * columns);
    for (const [i, weight] of weights.entries()) {
      const expected = scale(attentionShare(weight, largest));
      expect(distance(drawn[i], expected), `${theme}, row ${row}, column ${i + 1}`).toBeLessThanOrEqual(2);
    }
    const strongest = weights.indexOf(Math.max(...weights));
    const loudest = Math.max(...drawn.map((colour) => distance(colour, background)));
    expect(distance(drawn[strongest], background), `${theme}, the strongest of row ${row}`).toBe(loudest);
  }
}

/** The largest difference of a colour's three numbers. */
function distance(one: Rgb | undefined, other: Rgb): number {
  return Math.max(...other.map((byte, i) => Math.abs(byte - (one?.[i] ?? Number.NaN))));
}

function colourOf(theme: ThemeName, variable: string): Rgb {
  const [red = 0, green = 0, blue = 0] = (themeOf(theme).variables[variable] ?? '')
    .match(/[0-9a-f]{2}/gi)
    ?.map((byte) => Number.parseInt(byte, 16)) ?? [Number.NaN];
  return [red, green, blue];
}

/** What is painted in the middle of every cell, row by row. */
function pixelsOf(page: Page): Promise<Rgb[]> {
  return page.locator('vt-matrix').evaluate((element) => {
    const matrix = element as unknown as PageMatrix;
    const canvas = matrix.renderRoot.querySelector('canvas.cells');
    const ratio = canvas.width / canvas.clientWidth;
    const context = canvas.getContext('2d');
    return Array.from({ length: matrix.rows * matrix.columns }, (_, at) => {
      const cell = { row: Math.floor(at / matrix.columns), column: at % matrix.columns };
      const { x, y, width, height } = matrix.boxOf(cell);
      const { data } = context.getImageData((x + width / 2) * ratio, (y + height / 2) * ratio, 1, 1);
      return [data[0] ?? 0, data[1] ?? 0, data[2] ?? 0] as const;
    });
  });
}

interface PageMatrix {
  rows: number;
  columns: number;
  renderRoot: { querySelector(selector: string): PageCanvas };
  boxOf(cell: { row: number; column: number }): { x: number; y: number; width: number; height: number };
}

interface PageCanvas {
  width: number;
  clientWidth: number;
  getContext(kind: '2d'): { getImageData(x: number, y: number, width: number, height: number): { data: number[] } };
}
