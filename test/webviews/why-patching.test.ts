import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { nextTask } from '../support/engine';
import { isSupported } from '../workbench/harness/install';
import type { Inspector } from './harness/inspector';
import { saveTable } from './harness/save';
import { useInspector } from './harness/use-inspector';

/** Of the IOI paper (Wang et al. 2022, arXiv 2211.00593): with the subject exchanged, the other name comes. */
const CLEAN = 'When John and Mary went to the shops, John gave the bag to';
const SUBJECT = 9;
const LAYER = 20;

const place = { view: 'why', text: CLEAN, width: 1100, height: 900 } as const;
const field = (page: Page) => page.locator('vt-corrupt-field textarea');

/** Opens the mode, once its grid is full. */
async function openPatching(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Patching' }).click();
  await page.locator('vt-patch-picture .finding').waitFor({ timeout: 50_000 });
}

const idsOf = async ({ host }: Inspector, text: string) => [
  ...(await host.tokenize({ vocabulary: 'model', text })).ids,
];

/** The difference of two tokens' logits after a text, in a whole run with a patch. */
async function patched(
  { host }: Inspector,
  ids: number[],
  source: number,
  [token = 0, against = 0]: number[],
): Promise<number> {
  const at = { layer: LAYER, position: SUBJECT };
  const patches = [{ site: 'residual' as const, ...at, source: { trace: source, ...at } }];
  const { trace } = await host.forwardTokens({ task: nextTask(), ids, patches });
  const logprobs = await host.distribution({ trace, position: ids.length - 1 });
  return (logprobs[token] ?? Number.NaN) - (logprobs[against] ?? Number.NaN);
}

describe.skipIf(!isSupported)('patching', () => {
  const use = useInspector();

  it('begins with the other name, and fills a grid as whole runs with a patch have it', {
    timeout: 120_000,
  }, async () => {
    const inspector = await use.open(place);
    const { page, host } = inspector;
    await openPatching(page);
    const corrupt = await field(page).inputValue();
    expect(corrupt).toBe('When John and Mary went to the shops, Mary gave the bag to');
    await page.getByText('14 tokens each; they differ at 10: ·John → ·Mary.').waitFor();
    await page.getByText(/Up to layer \d+ the answer hangs on ·John \(token 10\); from layer \d+ on, on ·to/).waitFor();
    const { rows } = await saveTable(inspector, 'Patching, residual stream');
    expect(rows).toHaveLength(30 * 5);
    const [ids, clean] = [await idsOf(inspector, corrupt), await idsOf(inspector, CLEAN)];
    const { trace: source } = await host.forwardTokens({ task: nextTask(), ids: clean });
    const tokens = [...(await idsOf(inspector, ' Mary')), ...(await idsOf(inspector, ' John'))];
    const at = (wanted: number) => rows.find(({ layer, position }) => layer === wanted && position === SUBJECT);
    const difference = await patched(inspector, ids, source, tokens);
    expect(Number(at(LAYER)?.logprobToken) - Number(at(LAYER)?.logprobAgainst)).toBeCloseTo(difference, 3);
    expect(at(0)?.restored).toBeCloseTo(1, 3);
    expect(await inspector.violations()).toEqual([]);
    await answersByKey(page);
    await goesOnFromElsewhere(page);
  });

  it('says what keeps one text from being patched into the other, and what to do', async () => {
    const { page } = await use.open(place);
    await page.getByRole('tab', { name: 'Patching' }).click();
    await field(page).fill('When John and Mary went to the shops, Bartholomew gave the bag to');
    await page.getByText('They cannot be laid beside each other: the clean text has 14 tokens').waitFor();
    expect(await page.locator('vt-patch-grid').count()).toBe(0);
    await page.getByRole('button', { name: 'Bartholomew → Mary' }).waitFor();
    await field(page).fill('When John and Mary went to the shops, John gave the box to');
    await page
      .getByText('Both texts give nearly the same answer: a share of so small a difference means nothing.')
      .waitFor();
    expect(await page.locator('vt-patch-grid').count()).toBe(0);
    await field(page).fill(CLEAN);
    await page.getByText('Both texts are the same.').waitFor();
  });
});

/** From a cell to the one below it, and Enter shows what the model then expects. */
async function answersByKey(page: Page): Promise<void> {
  await page.getByRole('gridcell', { name: 'layer 0 at ·John (token 10): 100 % restored.' }).focus();
  await page.keyboard.press('ArrowDown');
  await page.getByText('layer 1 at ·John (token 10): 100 % restored. With the patch ·Mary 84 %').waitFor();
  await page.keyboard.press('Enter');
  await page.locator('vt-patch-card .patched li').first().getByText('·Mary').waitFor();
}

/** Source and target are chosen apart, and the text goes on with the patch. */
async function goesOnFromElsewhere(page: Page): Promise<void> {
  await page.getByRole('combobox', { name: 'Token of the clean text' }).selectOption({ label: '8 ·shops' });
  await expect.poll(() => page.locator('vt-patch-card .patched li').first().textContent()).not.toContain('Mary');
  await page.getByRole('button', { name: 'Continue the text from it' }).click();
  await expect.poll(() => page.locator('vt-patch-card .text').textContent()).not.toBe('');
}
