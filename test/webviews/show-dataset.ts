import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../workbench/harness/browser';
import { installWorkbench } from '../workbench/harness/install';
import { madeUpModel, openDatasetPage } from './harness/dataset-page';
import { violationsOf } from './harness/inspector';
import { isThemeName } from './harness/page';

/*
 * A picture of the list of a data set: `node test/webviews/run.mjs show-dataset --theme light --width 320 --out list.png`. Its
 * rows and its models are made up, unless `--file` names a file. `--filters` shows the page of filters, `--rule 2 --document 0` there
 * what the third rule removes, and the first of that, `--lengths` the page of lengths.
 */
const { values } = parseArgs({
  options: {
    file: { type: 'string' },
    rows: { type: 'string', default: '10000' },
    theme: { type: 'string', default: 'dark' },
    width: { type: 'string', default: '1000' },
    height: { type: 'string', default: '700' },
    lang: { type: 'string', default: 'en' },
    filters: { type: 'boolean', default: false },
    lengths: { type: 'boolean', default: false },
    rule: { type: 'string' },
    document: { type: 'string' },
    score: { type: 'boolean', default: false },
    out: { type: 'string' },
    axe: { type: 'boolean', default: false },
  },
});

installWorkbench();
const folder = mkdtempSync(join(tmpdir(), 'vitrine-dataset-'));
const browser = await launchBrowser();
try {
  await show();
} finally {
  await browser.close();
  rmSync(folder, { recursive: true });
}

async function show(): Promise<void> {
  const { theme, lang, file, width, height } = values;
  if (!isThemeName(theme)) throw new Error('--theme is light, dark, high-contrast or high-contrast-light.');
  const { page, list, problems, close } = await openDatasetPage(browser, {
    path: file ?? madeUpFile(),
    folder,
    models: { a: madeUpModel('Base 1B', 1), b: madeUpModel('Chat 1B', 0.8) },
    theme,
    language: lang,
    width: Number(width),
    height: Number(height),
  });
  list.setScoring(values.score);
  if (values.filters) await showFilters(page);
  if (values.lengths) await showLengths(page);
  await page.waitForTimeout(2500);
  if (values.out) await page.screenshot({ path: values.out });
  if (values.axe) process.stdout.write(`${(await violationsOf(page)).join('\n') || 'axe-core finds nothing wrong.'}\n`);
  for (const problem of problems) console.error(`problem in the page: ${problem}`);
  await close();
}

/** The rules applied, and where a rule is named, what it removes. */
async function showFilters(page: Page): Promise<void> {
  await page.getByRole('tab').nth(1).click();
  await page.locator('vt-filters-page vscode-button[appearance="primary"]').first().click();
  if (values.rule === undefined) return;
  await page.locator('vt-funnel-rules .title').nth(Number(values.rule)).click();
  if (values.document === undefined) return;
  await page.locator('vt-removed-documents li button').nth(Number(values.document)).click();
}

async function showLengths(page: Page): Promise<void> {
  await page.getByRole('tab').nth(2).click();
  await page.locator('vt-lengths-page vscode-button').first().click();
}

function madeUpFile(): string {
  const path = join(folder, 'conversations.jsonl');
  const lines = Array.from({ length: Number(values.rows) }, (_, i) => {
    if (i === 3) return '{"messages": [{"role": "user", "content": "cut off';
    if (i === 5) return '';
    const prompt = `Why is number ${i} not as well known as ${i + 1}? Answer in one sentence.`;
    if (i % 6 === 2)
      return JSON.stringify({ prompt, chosen: `Because ${i} is modest.`, rejected: 'I do not know that.' });
    const answer = `Number ${i} ${'is quieter, '.repeat(i % 9)}and that is all.`;
    const messages = [
      { role: 'system', content: 'You are a helpful assistant.' },
      { role: 'user', content: prompt },
      { role: 'assistant', content: answer },
    ];
    return JSON.stringify({ messages });
  });
  writeFileSync(path, lines.join('\n'));
  return path;
}
