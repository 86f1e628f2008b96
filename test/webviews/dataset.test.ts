import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { madeUpModel, openDatasetPage } from './harness/dataset-page';
import { violationsOf } from './harness/inspector';
import { sharedBrowser } from './harness/shared';

const ROWS = 2000;
const LONGEST = 1321;
/** Whose question is longer than any line. */
const LONG_WINDED = 3;

const folder = mkdtempSync(join(tmpdir(), 'vitrine-dataset-'));
const path = join(folder, 'chats.jsonl');
let browser: Browser;

const conversation = (i: number) =>
  JSON.stringify({
    messages: [
      { role: 'user', content: i === LONG_WINDED ? `Tell me ${'once more '.repeat(60)}` : `What is ${i}?` },
      { role: 'assistant', content: i === LONGEST ? 'A caf\u00e9, '.repeat(99) : `It is ${i}.` },
    ],
  });

beforeAll(async () => {
  writeFileSync(
    path,
    Array.from({ length: ROWS }, (_, i) => (i === 7 ? '{"messages": [' : conversation(i))).join('\n'),
  );
  browser = await sharedBrowser();
});

afterAll(async () => {
  rmSync(folder, { recursive: true });
});

it('lists, scores, sorts, filters and opens the rows of a file, by keys too', async () => {
  const models = { a: madeUpModel('A', 1), b: madeUpModel('B', 2) };
  const { page, list, opened, problems, close } = await openDatasetPage(browser, { path, folder, models });
  const rows = page.locator('.seen [role=row]:not(.head)');
  const grid = page.getByRole('grid');

  await expect.poll(() => rows.first().textContent()).toContain('What is 0?');
  await expect.poll(() => page.locator('vt-rows-page header').textContent()).toContain('2,000 rows · 1 with a problem');
  expect(await rows.count()).toBeLessThan(40);
  expect(await grid.getAttribute('aria-rowcount')).toBe('2001');
  expect(await rows.nth(7).textContent()).toMatch(/Line 8/);
  for (const width of [320, 600, 1600]) {
    await page.setViewportSize({ width, height: 700 });
    await expect.poll(() => isSeenWhole(page, 'It is 3.')).toBe(true);
  }

  const scroller = page.locator('.scroller');
  await scroller.focus();
  await page.keyboard.press('End');
  await expect.poll(() => page.locator('[role=row][aria-selected=true]').textContent()).toContain('What is 1999?');
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

/** Whether a message that stands in a row is in sight with all of its text: nothing around it cuts it off. */
function isSeenWhole(page: Page, text: string): Promise<boolean> {
  return page.locator('.turn', { hasText: text }).evaluate((turn) => {
    const range = turn.ownerDocument.createRange();
    range.selectNodeContents(turn);
    const own = range.getBoundingClientRect();
    for (let around: typeof turn.parentElement = turn; around; around = around.parentElement) {
      const { left, right, top, bottom } = around.getBoundingClientRect();
      // Less than a pixel is rounding.
      if (own.left < left - 1 || own.right > right + 1 || own.top < top - 1 || own.bottom > bottom + 1) return false;
    }
    return own.width > 0;
  });
}
