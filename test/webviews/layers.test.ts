import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { visibleText } from '../../src/display/glyphs';
import { formatCount, formatLogprob } from '../../src/display/numbers';
import { inspectJson } from '../support/command-line';
import { isSupported } from '../workbench/harness/install';
import { showView } from './harness/show-view';
import { useInspector } from './harness/use-inspector';

const TEXT = 'The mouse ate the cheese. The mouse ate the';
/** Of layers: the model's own output. */
const OUTPUT = 30;
const LONG = 'def add(a, b):\n    return a + b\n\n'.repeat(40);

const cell = (page: Page, position: number, layer: number) =>
  page.locator(`vt-lens-grid [data-position="${position}"][data-layer="${layer}"]`);

const row = (page: Page, position: number) => page.locator(`vt-lens-grid [data-row="${position}"]`);

/** Waits until the engine has answered for a token. */
async function answered(page: Page, position: number): Promise<void> {
  await row(page, position).locator('.cell:not(.waiting)').first().waitFor({ state: 'attached' });
  await expect.poll(() => row(page, position).locator('.waiting').count()).toBe(0);
}

describe.skipIf(!isSupported)('the Layers view', () => {
  const use = useInspector();

  it('says after every token and in every layer what the command line says', async () => {
    const { lens = [] } = await inspectJson(TEXT, '--lens');
    const { page } = await use.open({ view: 'layers', text: TEXT });
    await page.getByText('all layers').click();
    const tokens = lens[0]?.tokens.length ?? 0;
    await answered(page, tokens - 1);
    const shown = await page
      .locator('vt-lens-grid .cell')
      .evaluateAll((cells) =>
        cells.map((each) => [each.dataset.layer, each.dataset.position, each.textContent, each.ariaLabel]),
      );
    expect(shown.length).toBe(lens.length * tokens);
    for (const [layer, position, text, label] of shown) {
      const [best] = lens[Number(layer)]?.tokens[Number(position)]?.top ?? [];
      expect(text, `layer ${layer}, token ${position}`).toBe(visibleText(best?.text ?? ''));
      expect(label).toContain(formatLogprob(best?.logprob ?? 0));
    }
  });

  it.each(['layers that fit', 'all layers'])('opens where answers begin to stand: %s', async (columns) => {
    const { lens = [], tokens } = await inspectJson(TEXT, '--lens');
    const standing = tokens.map((_, position) => {
      const answer = lens.at(-1)?.tokens[position]?.top[0]?.id;
      return lens.findLastIndex((layer) => layer.tokens[position]?.top[0]?.id !== answer) + 1;
    });
    const { page } = await use.open({ view: 'layers', text: TEXT, selected: { token: 4 } });
    await page.getByText(columns).click();
    await answered(page, 4);
    const frame = page.locator('vt-lens-grid .frame');
    const seen = () =>
      frame.evaluate((each) => {
        const right = each.getBoundingClientRect().right;
        const left = each.querySelector('.head .token').getBoundingClientRect().right;
        const isSeen = (box: { left: number; right: number }) => box.left >= left - 1 && box.right <= right + 1;
        return [...each.querySelectorAll('[data-row="4"] .cell')]
          .filter((cell) => isSeen(cell.getBoundingClientRect()))
          .map(({ dataset }) => Number(dataset.layer));
      });
    const first = Math.min(...standing);
    const middle = standing.toSorted((one, other) => one - other)[Math.floor(standing.length / 2)] ?? 0;
    await expect.poll(async () => (await seen()).some((layer) => layer >= first && layer <= middle)).toBe(true);
    // The layer that is told of beside the grid is one of them too.
    const told = await page.locator('vt-layer-chart').getByRole('slider').getAttribute('aria-valuenow');
    expect(Number(told)).toBeGreaterThanOrEqual(first);
  });

  it('has one colour, that of the lens, for bars and for the mark where a token settles', async () => {
    const { page } = await use.open({ view: 'layers', text: TEXT, selected: { token: 4, layer: 0 } });
    await answered(page, 4);
    const colourOf = (selector: string) =>
      page
        .locator(selector)
        .first()
        .evaluate((each) => each.ownerDocument.defaultView.getComputedStyle(each).backgroundColor);
    expect(await colourOf('vt-lens-card .length')).toBe(await colourOf('vt-lens-grid .cell i'));
    // What nobody can picture is words.
    await page.locator('vt-lens-card p').getByText('under 0.001 %').waitFor();
    expect(await page.locator('vt-lens-card .marked .value').textContent()).toBe('<0.001 %');
  });

  it('marks the layer from which the token that in truth comes next stays first', async () => {
    const { lens = [], tokens } = await inspectJson(TEXT, '--lens');
    const { page } = await use.open({ view: 'layers', text: TEXT });
    await page.getByText('all layers').click();
    await answered(page, tokens.length - 1);
    const settled = tokens.map((_, position) => {
      const isTrue = lens.map((layer) => layer.tokens[position]?.top[0]?.id === tokens[position + 1]?.id);
      return isTrue.at(-1) ? isTrue.lastIndexOf(false) + 1 : undefined;
    });
    expect(settled.some((layer) => layer !== undefined)).toBe(true);
    const marked = await Promise.all(
      tokens.map(async (_, position) => {
        const mark = row(page, position).locator('.cell:has(i)');
        return (await mark.count()) > 0 ? Number(await mark.getAttribute('data-layer')) : undefined;
      }),
    );
    expect(marked).toEqual(settled);
  });

  it('ranks the true next token in the last column as the prediction has it', async () => {
    const { tokens } = await inspectJson(TEXT);
    const { page } = await use.open({ view: 'layers', text: TEXT });
    for (const position of [0, 3, 8]) {
      await answered(page, position);
      await cell(page, position, OUTPUT).hover();
      const { rank, logprob } = tokens[position + 1] ?? {};
      const text = `rank ${formatCount((rank ?? 0) + 1)} · ${formatLogprob(logprob ?? 0)}`;
      await page.locator('vt-lens-card').getByText(text, { exact: true }).waitFor();
    }
    await cell(page, tokens.length - 1, OUTPUT).hover();
    await page.getByText('The text ends here').waitFor();
  });

  it('selects a token and a layer, which the other views show too', async () => {
    const { page, hostApi } = await use.open({ view: 'layers', text: TEXT });
    await answered(page, 4);
    await cell(page, 4, 0).click();
    await expect.poll(() => hostApi.did.selected.at(-1)).toEqual({ token: 4, layer: 0 });
    await showView(page, 'probabilities');
    const selected = page.getByRole('option', { selected: true });
    await expect.poll(() => selected.textContent()).toBe(' cheese');
    await page.getByRole('option', { name: 'mouse' }).first().click();
    await showView(page, 'layers');
    await expect.poll(() => row(page, 1).getAttribute('aria-selected')).toBe('true');
    expect(await page.locator('vt-lens-grid [aria-selected="true"]').count()).toBe(1);
    // The view knows its width by and by, and with it which columns have room.
    await cell(page, 4, OUTPUT - 1).waitFor();
    await cell(page, 4, OUTPUT).click();
    // A head's layer: the output comes after the last of them.
    await expect.poll(() => hostApi.did.selected.at(-1)).toEqual({ token: 4, layer: OUTPUT - 1 });
    await page.getByRole('heading', { name: 'The model’s own output' }).waitFor();
  });

  it('has the columns where something happens, under one name each, though a head of another layer is chosen', async () => {
    const text = 'El ratón se comió el queso en la cocina.';
    const selected = { layer: 16, head: 0 };
    const { page } = await use.open({ view: 'layers', text, selected, language: 'es', width: 520 });
    await answered(page, 14);
    const names = await page.locator('vt-lens-grid .head [role=columnheader]').allTextContents();
    const marks = (await page.locator('vt-lens-grid .next small').allTextContents()).map((mark) => mark.slice(1));
    expect(marks.length).toBeGreaterThan(0);
    expect(names).toEqual(expect.arrayContaining(marks));
    expect(names).not.toContain('16');
    // A space is told from a full stop, which it looks like.
    const space = page.locator('vt-lens-grid .space').first();
    expect(await space.textContent()).toBe('·');
    const opacity = await space.evaluate((each) => each.ownerDocument.defaultView.getComputedStyle(each).opacity);
    expect(Number(opacity)).toBeLessThan(0.7);
    await cell(page, 3, 0).click();
    await expect.poll(() => page.locator('vt-lens-grid .head .chosen').textContent()).toBe('0');
  });

  it('goes from cell to cell by key, and chooses by Enter', async () => {
    const { page, hostApi } = await use.open({ view: 'layers', text: TEXT, selected: { token: 2, layer: 0 } });
    await answered(page, 2);
    await page.locator('vt-lens-grid [tabindex="0"]').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('End');
    await page.getByRole('heading', { name: 'The model’s own output' }).waitFor();
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await expect.poll(() => hostApi.did.selected.at(-1)).toEqual({ token: 3, layer: 0 });
    await page.keyboard.press('Enter');
    await expect.poll(() => hostApi.did.selected.at(-1)).toEqual({ token: undefined, layer: 0 });
  });

  it('goes to another layer of a token by its curve, by pointer and by key', async () => {
    const { page, hostApi } = await use.open({ view: 'layers', text: TEXT, selected: { token: 2, layer: 12 } });
    const curve = page.locator('vt-layer-chart').getByRole('slider');
    await curve.press('ArrowRight');
    await expect.poll(() => hostApi.state.selected).toMatchObject({ token: 2, layer: 13 });
    await expect.poll(() => curve.getAttribute('aria-valuenow')).toBe('13');
    await curve.click({ position: { x: 50, y: 60 } });
    await expect.poll(() => hostApi.state.selected).toMatchObject({ token: 2, layer: 0 });
  });

  it('asks only for what is in view of a long text', async () => {
    const { page } = await use.open({ view: 'layers', text: LONG, height: 500 });
    await answered(page, 0);
    const count = Number(await page.getByRole('grid').getAttribute('aria-rowcount')) - 1;
    expect(count).toBeGreaterThan(400);
    expect(await page.locator('vt-lens-grid [data-row]').count()).toBeLessThan(60);
    await page.locator('vt-lens-grid [tabindex="0"]').focus();
    await page.keyboard.press('Control+End');
    await answered(page, count - 1);
    const focused = page.locator('vt-lens-grid .cell:focus');
    await expect.poll(() => focused.getAttribute('data-position')).toBe(`${count - 1}`);
    await page.keyboard.press('Control+Home');
    await expect.poll(() => focused.getAttribute('data-position')).toBe('0');
  });

  it.each([
    [320, 13],
    [900, 17],
  ])('has the chosen layer, the first and the output among the columns at %i px', async (width, layer) => {
    const { page } = await use.open({ view: 'layers', text: TEXT, width, selected: { token: 1, layer } });
    await answered(page, 1);
    const layers = row(page, 1).locator('.cell');
    await expect
      .poll(() => layers.evaluateAll((cells) => cells.map(({ dataset }) => Number(dataset.layer))))
      .toEqual(expect.arrayContaining([0, layer, OUTPUT]));
    const frame = page.locator('vt-lens-grid .frame');
    await expect.poll(() => frame.evaluate((each) => each.scrollWidth - each.clientWidth)).toBeLessThanOrEqual(0);
  });

  it('says that the engine has stopped, and goes on when asked again', async () => {
    const { page, hostApi } = await use.open({ view: 'layers', text: LONG, height: 500 });
    await answered(page, 0);
    await use.stage.killEngine();
    await page.locator('vt-lens-grid .frame').evaluate((frame) => frame.scrollTo(0, 6000));
    await page.locator('vt-layers-view').getByRole('alert').waitFor();
    await hostApi.renew();
    await answered(page, 0);
    expect(await page.locator('vt-layers-view').getByRole('alert').count()).toBe(0);
  });

  it.each([
    ['light', 320, TEXT],
    ['dark', 900, LONG],
    ['high-contrast', 1600, TEXT],
    ['dark', 900, 'שלום עולם'],
    ['light', 900, 'Hi'],
  ] as const)('has nothing that axe finds wrong in %s at %i px', async (theme, width, text) => {
    const selected = { token: text === 'Hi' ? 0 : 4, layer: 20 };
    const { page, violations, screenshot } = await use.open({ view: 'layers', text, theme, width, selected });
    await answered(page, selected.token);
    expect(await violations()).toEqual([]);
    await screenshot(`layers-${theme}-${width}-${text.length}`);
  });
});
