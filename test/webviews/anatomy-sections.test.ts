import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { isSupported } from '../workbench/harness/install';
import { useInspector } from './harness/use-inspector';

const place = { view: 'anatomy', text: 'The mouse ate the cheese.', width: 1100, height: 900 } as const;

describe.skipIf(!isSupported)('what training a model took', () => {
  const use = useInspector();
  const open = async (options = {}) => {
    const inspector = await use.open({ ...place, ...options });
    await inspector.page.getByRole('tab', { name: /Training|Entrenamiento/ }).click();
    await inspector.page.locator('vt-loss-surface svg[role="img"]').waitFor();
    return inspector;
  };
  const answerOf = (page: Page) => page.locator('vt-anatomy-training .answer').textContent();

  it('is told with its own numbers, and where the papers disagree', async () => {
    const { page, hostApi, violations } = await open();
    const answer = await answerOf(page);
    // 6 · 134,515,008 · 2e12, and the optima of the reference.
    for (const part of ['135 M weights that read 2 T tokens', '1.61 ZFLOP', '3.85 G', '3.37 G'])
      expect(answer).toContain(part);
    const losses = page.getByRole('row', { name: 'loss that it expects' }).getByRole('cell');
    expect((await losses.allTextContents()).slice(0, 2)).toEqual(['2.54 nats a token', '2.60 nats a token']);
    expect(await violations()).toEqual([]);
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: 'Table Training, JSON' }).click();
    await expect.poll(() => hostApi.did.saved.length).toBe(1);
    const { rows } = JSON.parse(String(hostApi.did.saved[0]?.content));
    expect(rows).toHaveLength(3);
  });

  it('follows the sliders by keys, and what is typed; what is no number is said', async () => {
    const { page } = await open();
    await page.getByRole('slider', { name: 'Tokens read' }).focus();
    await page.keyboard.press('Home');
    expect(await answerOf(page)).toContain('135 M weights that read 100 M tokens');
    await page.getByRole('button', { name: 'Back to this model' }).click();
    expect(await answerOf(page)).toContain('2 T tokens');
    const field = page.getByRole('textbox', { name: 'Tokens that it was trained on' });
    await field.fill('4 T');
    expect(await answerOf(page)).toContain('4 T tokens');
    await field.fill('many');
    await page.getByText('“many” is not read as a number of tokens.').waitFor();
  });

  it('fits a narrow panel, in Spanish', async () => {
    const { page } = await open({ width: 320, language: 'es' });
    expect(await answerOf(page)).toContain('135 M pesos que leen 2 T tokens');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
  });
});
