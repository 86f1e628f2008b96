import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { get_encoding } from 'tiktoken';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatasetPage } from './harness/dataset-page';
import { violationsOf } from './harness/inspector';
import { sharedBrowser } from './harness/shared';

const folder = mkdtempSync(join(tmpdir(), 'vitrine-filters-'));
const path = join(folder, 'documents.jsonl');
let browser: Browser;

const LINE = 'This page is being updated, please come back to it later.';
/** Twelve equal lines: eleven of twelve were there before. */
const REPEATED = Array.from({ length: 12 }, () => LINE).join('\n');
/** Twelve lines of which eleven are different: one of twelve was there before. */
const HARDLY = [
  ...Array.from(
    { length: 11 },
    (_, i) => `In the year ${1900 + i} the harbour froze, and ${i + 40} boats lay there until the spring.`,
  ),
  'In the year 1900 the harbour froze, and 40 boats lay there until the spring.',
].join('\n');

const TEXTS = [REPEATED, HARDLY, 'no'];
const COUNTS = TEXTS.map((text) => get_encoding('gpt2').encode_ordinary(text).length);
/** Every document goes. */
const TOKENS = { all: COUNTS.reduce((a, b) => a + b), kept: 0 };

beforeAll(async () => {
  writeFileSync(path, `${TEXTS.map((text) => JSON.stringify({ text })).join('\n')}\n{"broken`);
  browser = await sharedBrowser();
});

afterAll(async () => {
  rmSync(folder, { recursive: true });
});

it('removes documents by rules, shows what tripped them, and decides anew without reading', async () => {
  const { page, funnel, problems, exported, close } = await openDatasetPage(browser, { path, folder });
  const rule = (title: string) => page.getByRole('button', { name: title, exact: false, expanded: false });

  await page.getByRole('tab', { name: 'Filters' }).click();
  await page.getByRole('button', { name: 'Apply the Rules' }).click();
  await expect.poll(() => funnel.state.reading.kind).toBe('done');
  const { all, kept, rules } = funnel.state;
  expect(all.documents).toBe(4);
  expect(kept.documents + rules.reduce((sum, { removed }) => sum + removed, 0)).toBe(4);

  // As few are all counted.
  await expect.poll(() => funnel.state.tokens).toEqual({ ...TOKENS, estimatedFrom: undefined, vocabulary: 'gpt2' });

  // By keys: the column of rules is one stop, and what a rule removes another.
  await rule('Language').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const list = page.getByRole('list', { name: 'Removed documents' });
  const repeated = list.getByRole('button', { name: LINE });
  await repeated.click();
  const document = page.locator('vt-removed-document');
  await document.getByText('measured 0.92, threshold 0.30').waitFor();
  expect(await document.locator('mark').allTextContents()).toEqual(Array.from({ length: 11 }, () => LINE));
  expect(await violationsOf(page)).toEqual([]);

  // Above eleven twelfths the rule lets it through, until other measures of it do not.
  await document.getByText('1 of 11').waitFor();
  await document.getByRole('button', { name: 'Previous Place' }).click();
  await document.getByText('11 of 11').waitFor();
  expect(await document.locator('mark').last().isVisible()).toBe(true);
  await page.locator('vt-rule-measures').getByRole('button', { name: 'Lines that were there before' }).first().click();
  const slider = page.getByRole('slider', { name: 'Lines that were there before' }).first();
  await slider.focus();
  await page.keyboard.press('End');
  await expect.poll(() => measureOf(funnel.state, 'dup_line_frac')?.removed).toBe(0);
  // Keys that come faster than the host answers all count.
  await page.getByRole('button', { name: 'Back to 0.30' }).click();
  await expect.poll(() => measureOf(funnel.state, 'dup_line_frac')?.threshold).toBe(0.3);
  await slider.focus();
  for (let i = 0; i < 10; i++) await page.keyboard.press('ArrowRight');
  await expect.poll(() => measureOf(funnel.state, 'dup_line_frac')?.threshold).toBe(0.4);
  // As it is where the tab is shown again, or the window is loaded again.
  await page.reload();
  await slider.waitFor();
  await document.getByText('1 of 11').waitFor();
  expect(await page.getByRole('tab', { name: 'Filters' }).getAttribute('aria-selected')).toBe('true');
  await page.getByRole('button', { name: 'Back to 0.30' }).click();
  await expect.poll(() => measureOf(funnel.state, 'dup_line_frac')?.removed).toBe(1);
  await page.getByRole('switch', { name: 'Repetition (Gopher)' }).click();
  await expect.poll(() => funnel.state.rules.find(({ name }) => name === 'gopherRepetition')?.removed).toBe(0);

  await page.getByRole('button', { name: 'Export What Goes…' }).click();
  await page.getByText('Written: 4 documents').waitFor();
  await page.getByRole('button', { name: 'Open the File' }).click();
  await expect.poll(() => exported).toEqual(['removed', join(folder, 'removed.jsonl')]);
  for (const width of [320, 800, 1600]) {
    await page.setViewportSize({ width, height: 700 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
  }
  expect(problems).toEqual([]);
  await close();
});

it('counts the tokens of documents, and the contexts that they fill', async () => {
  const { page, lengths, problems, close } = await openDatasetPage(browser, { path, folder, width: 320 });
  await page.getByRole('tab', { name: 'Lengths' }).click();
  await page.getByRole('button', { name: 'Count Tokens' }).click();
  await expect.poll(() => lengths.state.counting.kind).toBe('done');
  await page.getByText('One document that cannot be read').waitFor();
  expect(lengths.state.summary).toMatchObject({
    documents: 3,
    longest: Math.max(...COUNTS),
    tokens: TOKENS.all,
  });
  const slider = page.getByRole('slider', { name: 'Length of a context' });
  await slider.focus();
  await page.keyboard.press('Home');
  await expect.poll(() => lengths.state.context).toBe(128);
  // Each has an end token behind it: the first two are longer than a context, and the last fits beside what is left of them.
  await page.getByText('2 of 3 documents are cut').first().waitFor();
  expect(await violationsOf(page)).toEqual([]);
  expect(problems).toEqual([]);
  await close();
});

function measureOf(
  { rules }: { rules: { measures: { name: string; removed: number; threshold: number | undefined }[] }[] },
  name: string,
) {
  return rules.flatMap(({ measures }) => measures).find((measure) => measure.name === name);
}
