import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from '../workbench/harness/browser';
import { madeUpModel, openDatasetPage } from './harness/dataset-page';
import { violationsOf } from './harness/inspector';

const ROWS = 2000;
const LONGEST = 1321;

const folder = mkdtempSync(join(tmpdir(), 'vitrine-dataset-'));
const path = join(folder, 'chats.jsonl');
let browser: Browser;

const conversation = (i: number) =>
  JSON.stringify({
    messages: [
      { role: 'user', content: `What is ${i}?` },
      { role: 'assistant', content: i === LONGEST ? 'A caf\u00e9, '.repeat(9) : `It is ${i}.` },
    ],
  });

beforeAll(async () => {
  writeFileSync(
    path,
    Array.from({ length: ROWS }, (_, i) => (i === 7 ? '{"messages": [' : conversation(i))).join('\n'),
  );
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

it('lists, scores, sorts, filters and opens the rows of a file, by keys too', async () => {
  const models = { a: madeUpModel('A', 1), b: madeUpModel('B', 2) };
  const { page, list, opened, problems, close } = await openDatasetPage(browser, { path, folder, models });
  const rows = page.locator('.seen [role=row]:not(.head)');
  const grid = page.getByRole('grid');

  await expect.poll(() => rows.first().textContent()).toContain('What is 0?');
  await expect.poll(() => page.locator('header').textContent()).toContain('2,000 rows · 1 with a problem');
  expect(await rows.count()).toBeLessThan(40);
  expect(await grid.getAttribute('aria-rowcount')).toBe('2001');
  expect(await rows.nth(7).textContent()).toMatch(/Line 8/);

  const scroller = page.locator('.scroller');
  await scroller.focus();
  await page.keyboard.press('End');
  await expect.poll(() => page.locator('[aria-selected=true]').textContent()).toContain('What is 1999?');
  await page.keyboard.press('Enter');
  await expect.poll(() => opened).toEqual([1999]);

  await page.getByRole('button', { name: 'Score the Rows' }).click();
  await expect.poll(() => list.state.scoring.kind).toBe('done');
  await page.getByRole('button', { name: 'Tokens' }).click();
  await page.keyboard.press('Tab');
  await scroller.focus();
  await page.keyboard.press('Home');
  await expect.poll(() => rows.first().textContent()).toContain('A café');
  // B says every letter of an answer with one bit more.
  expect(await rows.first().locator('[role=gridcell]').allTextContents()).toContain('+1.0');

  await page.locator('vt-filter-bar .text-field').first().locator('input').fill('CAFÉ');
  await expect.poll(() => list.state.listed).toBe(1);
  expect(await violationsOf(page)).toEqual([]);
  expect(problems).toEqual([]);
  await close();
});
