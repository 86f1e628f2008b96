import { get_encoding } from 'tiktoken';
import { describe, expect, it } from 'vitest';
import { inspectJson } from '../support/command-line';
import { isSupported } from '../workbench/harness/install';
import { useInspector } from './harness/use-inspector';

const TEXT = 'The unbelievable mouse ate 327 cheeses.\n\tñandú = getElementById("x");';

describe.skipIf(!isSupported)('the Tokens view', () => {
  const use = useInspector();

  it('counts the tokens, and what they are of the characters and the words', async () => {
    const { page } = await use.open({ view: 'tokens', text: TEXT });
    const { tokens } = await inspectJson(TEXT);
    const figures = page.locator('vt-token-statistics');
    await expect.poll(() => figures.locator('dd').first().textContent()).toBe(`${tokens.length}`);
    expect(await figures.locator('dd').nth(1).textContent()).toBe(`${[...TEXT].length}`);
  });

  it('shows the same text as another vocabulary has it, and marks what differs', async () => {
    const { page } = await use.open({ view: 'tokens', text: TEXT });
    await page.getByText('o200k').click();
    const column = page.locator('vt-vocabulary-column').nth(1);
    const encoding = get_encoding('o200k_base');
    const pieces = Array.from(encoding.encode(TEXT), (id) =>
      new TextDecoder().decode(encoding.decode(Uint32Array.of(id))),
    );
    await expect.poll(() => column.getByRole('option').allTextContents()).toEqual(pieces);
    expect(await column.locator('.beyond').allTextContents()).toContain('327');
    expect(await column.locator('.beyond').allTextContents()).not.toContain(' mouse');
  });

  it('lights one place up in every vocabulary', async () => {
    const { page } = await use.open({ view: 'tokens', text: TEXT });
    await page.getByText('cl100k').click();
    const [own, other] = [0, 1].map((i) => page.locator('vt-vocabulary-column').nth(i));
    await own?.getByRole('option', { name: 'mouse' }).click();
    await expect.poll(() => other?.getByRole('option', { selected: true }).textContent()).toBe(' mouse');
  });

  it('tells of a token of another vocabulary what it is there, also where the model has one for several', async () => {
    const { page } = await use.open({ view: 'tokens', text: TEXT });
    await page.getByText('GPT-2').click();
    const column = page.locator('vt-vocabulary-column').nth(1);
    await column.getByRole('option').first().click();
    await page.mouse.move(0, 0);
    const card = page.locator('vt-token-card');
    const encoding = get_encoding('gpt2');
    for (const id of encoding.encode(TEXT)) {
      const bytes = Buffer.from(encoding.decode(Uint32Array.of(id)))
        .toString('hex')
        .toUpperCase();
      await expect.poll(() => card.locator('dd').first().textContent()).toBe(`${id}`);
      expect((await card.locator('dd').nth(1).textContent())?.replaceAll(' ', '')).toBe(bytes);
      await page.keyboard.press('ArrowRight');
    }
    expect(await card.locator('h2').first().textContent()).toContain('GPT-2');
  });

  it('lights nothing up once the pointer has left', async () => {
    const { page, hostApi } = await use.open({ view: 'tokens', text: TEXT });
    await page.getByRole('option', { name: 'mouse' }).hover();
    await expect.poll(() => page.locator('.hovered').textContent()).toBe(' mouse');
    await page.getByRole('button', { name: 'Export' }).hover();
    await expect.poll(() => page.locator('.hovered').count()).toBe(0);
    const { tokens } = await inspectJson(TEXT);
    expect(hostApi.did.previewed).toContain(tokens.findIndex(({ text }) => text === ' mouse'));
    await expect.poll(() => hostApi.did.previewed.at(-1)).toBe(undefined);
  });

  it('draws the merges that built a token, whose leaves are its bytes', async () => {
    const { page } = await use.open({ view: 'tokens', text: TEXT });
    await page.getByRole('option', { name: 'mouse' }).click();
    const card = page.locator('vt-token-card');
    await card.getByRole('img').waitFor();
    const { tokens } = await inspectJson(TEXT);
    const mouse = tokens.find(({ text }) => text === ' mouse');
    expect(await card.locator('dd').first().textContent()).toBe(`${mouse?.id}`);
    expect((await card.locator('dd').nth(1).textContent())?.replaceAll(' ', '')).toBe(mouse?.bytes.toUpperCase());
    // Two children a merge: as many merges as bytes, less one.
    expect(await card.locator('vt-merge-tree .rank').count()).toBe([...' mouse'].length - 1);
  });

  it('keeps the selected token of a long text in view, and what it says of it', async () => {
    const text = 'A line of a long text.\n'.repeat(200);
    const { page } = await use.open({ view: 'tokens', text, selected: { token: 900 }, height: 700 });
    const inView = async (selector: string) => {
      const box = await page.locator(selector).first().boundingBox();
      return box !== null && box.y > 0 && box.y + box.height < 700;
    };
    await expect.poll(() => inView('vt-token-text .selected')).toBe(true);
    await expect.poll(() => inView('vt-token-card dl')).toBe(true);
    await page.getByText('o200k').click();
    await page.locator('vt-vocabulary-column').nth(1).getByRole('option').first().waitFor();
    await expect.poll(() => inView('vt-token-text .selected')).toBe(true);
  });

  it('names the words that cost most', async () => {
    const { page, hostApi } = await use.open({ view: 'tokens', text: TEXT });
    const words = page.locator('vt-costly-words').getByRole('button');
    await expect.poll(() => words.first().textContent()).toContain('327');
    await words.first().click();
    const { tokens } = await inspectJson(TEXT);
    const three = tokens.findIndex(({ text }) => text === '3');
    await expect.poll(() => hostApi.did.selected.at(-1)).toEqual({ token: three });
  });

  it('goes from token to token by key, and lets go at Escape', async () => {
    const { page } = await use.open({ view: 'tokens', text: TEXT });
    await page.getByRole('option', { name: 'mouse' }).click();
    await page.keyboard.press('ArrowRight');
    const selected = page.getByRole('option', { selected: true });
    await expect.poll(() => selected.textContent()).toBe(' ate');
    await page.keyboard.press('Escape');
    await expect.poll(() => selected.count()).toBe(0);
  });

  it.each([
    ['light', 320],
    ['dark', 900],
    ['high-contrast', 1600],
  ] as const)('has nothing that axe finds wrong in %s at %i px', async (theme, width) => {
    const { page, violations, screenshot } = await use.open({ view: 'tokens', text: TEXT, theme, width });
    await page.getByRole('option', { name: 'mouse' }).click();
    await page.locator('vt-merge-tree').waitFor();
    expect(await violations()).toEqual([]);
    await screenshot(`tokens-${theme}-${width}`);
  });
});
