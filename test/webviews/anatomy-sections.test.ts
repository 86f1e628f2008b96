import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { isSupported } from '../workbench/harness/install';
import { useInspector } from './harness/use-inspector';

const place = { view: 'anatomy', text: 'The mouse ate the cheese.', width: 1100, height: 900 } as const;

describe.skipIf(!isSupported)('what a text costs', () => {
  const use = useInspector();
  const open = async (options = {}) => {
    const inspector = await use.open({ ...place, ...options });
    await inspector.page.getByRole('tab', { name: /^(Cost|Coste)$/ }).click();
    const answer = inspector.page.locator('vt-anatomy-cost .answer');
    return { ...inspector, answer, textOf: async () => (await answer.textContent()) ?? '' };
  };

  it('answers at the top why length is dear and what 4 bits buy, by the model and this machine', async () => {
    const { page, hostApi, textOf, violations } = await open();
    await page.getByText(/On this machine, of .*FLOP\/s and .*B\/s, that is/).waitFor();
    // 2 · 8,000 · 134,479,872 weights, and 2 · 30 · 8,000 · 8,001 · 576 for comparisons, which are 51 %.
    expect(await textOf()).toContain('Reading 8,000 tokens takes 4.36 TFLOP');
    expect(await textOf()).toContain('51 % of the work there');
    expect(await violations()).toEqual([]);
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: 'Table Cost over the length, JSON' }).click();
    await expect.poll(() => hostApi.did.saved.length).toBe(1);
    const { rows } = JSON.parse(String(hostApi.did.saved[0]?.content));
    const of512 = rows.find(({ tokens }: { tokens: number }) => tokens === 512);
    expect(Number(of512.flops.toPrecision(4))).toBe(146.8e9);
    expect(of512.cacheBytes).toBe(512 * 46_080);
  });

  it('follows bits, device and length, which keys move; what is beyond the context is said', async () => {
    const { page, answer } = await open();
    await page.getByRole('radio', { name: 'A100 40 GB' }).press('Space');
    await page.getByRole('radio', { name: '16', exact: true }).press('Space');
    // 2 bytes a weight, and 18 for a block of 32, of 134,515,008; 23,040 bytes of keys and values for each of 8,000 tokens.
    await answer.getByText('Weights would shrink from 269 MB to 76 MB.').waitFor();
    const slider = page.getByRole('slider', { name: 'Length of the text' });
    // 1 to 9 are its first stops, then 10 to 90 …: this one is 8,000.
    await slider.fill('34');
    await answer.getByText(/Reading 8,000 tokens would be .* up to 1\.7 times as fast, .* stay at 184 MB/).waitFor();
    await slider.press('End');
    await page.getByText('The model reads 8,192 tokens at most').waitFor();
    await answer.getByText('Reading 1,000,000 tokens takes').waitFor();
  });

  it('measures the text part by part when it is asked to, and nothing faster than it says is possible', async () => {
    const { page, hostApi } = await open({ text: 'cheese', width: 320, language: 'es' });
    await page.getByRole('button', { name: 'Medir' }).click();
    const reading = page.getByRole('table', { name: 'Leer', exact: true });
    await reading.getByRole('columnheader', { name: 'medido' }).waitFor();
    await reading.getByRole('row', { name: /Mediciones propias de Vitrine/ }).waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
    await page.getByRole('button', { name: 'Exportar' }).click();
    await page.getByRole('menuitem', { name: /Coste por partes, JSON/ }).click();
    await expect.poll(() => hostApi.did.saved.length).toBe(1);
    const { rows } = JSON.parse(String(hostApi.did.saved[0]?.content));
    const timed = rows.filter((row: { measuredSeconds: number }) => row.measuredSeconds > 0);
    const tooFast = timed.filter(
      (row: { leastSeconds?: number; measuredSeconds: number }) =>
        (row.leastSeconds ?? 0) > row.measuredSeconds * (1 + 1e-9),
    );
    expect(timed.length).toBeGreaterThan(8);
    expect(tooFast).toEqual([]);
  });
});

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
    for (const part of [
      '135 M weights that read 2 T tokens',
      '1.61 ZFLOP',
      '3.85 B',
      'read 520 times',
      '3.37 B',
      'read 590 times',
    ])
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
    await field.fill('2');
    expect(await answerOf(page)).toContain('under 0.001 % of that');
    await page.getByText('This training is not on the map').waitFor();
    await field.fill('many');
    await page.getByText('“many” is not read as a number of tokens.').waitFor();
  });

  it('fits a narrow panel, in Spanish', async () => {
    const { page } = await open({ width: 320, language: 'es' });
    expect(await answerOf(page)).toContain('135 M pesos que leen 2 T tokens');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
  });
});
