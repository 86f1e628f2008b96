import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { inspectorHtml, readPageParts, record } from '../../../src/inspector';
import type { MeasuredDivergence } from '../../../src/shared/comparisons';
import { temporaryFolder } from '../../support/temporary-folder';
import type { Inspector } from './inspector';
import { translationsOf } from './spoken';
import type { Stage } from './stage';

/** A file as somebody opens it who has neither Vitrine nor a network. */
export interface OpenedFile {
  page: Page;
  /** Errors, what the page's policy refused, and every request but the file itself. */
  problems: string[];
  violations(): Promise<string[]>;
}

/** Writes what an inspector shows as a file. @returns its path */
export async function writeRecording(
  { host, hostApi }: Inspector,
  { language = 'en', measured = [] }: { language?: string; measured?: MeasuredDivergence[] } = {},
): Promise<string> {
  const recording = await record(
    {
      state: hostApi.state,
      language,
      translations: translationsOf(language),
      lenses: host,
      runs: host,
      vocabularies: host,
      symbols: [],
      compared: { differences: host.differences, measured },
    },
    { signal: new AbortController().signal, progress: () => {} },
  );
  const path = join(temporaryFolder(), 'out.html');
  writeFileSync(path, inspectorHtml(recording, await readPageParts('dist/webviews')));
  return path;
}

export async function openFile(
  { browser }: Stage,
  path: string,
  { theme = 'dark', width = 1000 }: { theme?: 'light' | 'dark'; width?: number } = {},
): Promise<OpenedFile> {
  const context = await browser.newContext({
    offline: true,
    colorScheme: theme,
    reducedMotion: 'reduce',
    viewport: { width, height: 800 },
  });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const problems: string[] = [];
  const url = pathToFileURL(path).href;
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => problems.push(message.text()));
  page.on('request', (request) => {
    if (request.url() !== url && !request.url().startsWith('data:')) problems.push(`asked for ${request.url()}`);
  });
  await page.goto(url);
  await page.locator('vt-inspector').waitFor();
  return {
    page,
    problems,
    violations: async () => {
      // The page's policy lets no script in: axe-core comes as the browser's own tools do.
      await page.evaluate(axe.source);
      const { violations } = (await page.evaluate('axe.run()')) as axe.AxeResults;
      return violations.map(
        ({ id, help, nodes }) => `${id}: ${help} (${nodes.map(({ target }) => target.flat().join(' ')).join(', ')})`,
      );
    },
  };
}

/** Chooses an entry of the Export menu. @returns what the browser keeps of it */
export async function exported(page: Page, entry: string): Promise<string> {
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: entry }).click();
  const chunks: Buffer[] = [];
  for await (const chunk of await (await downloading).createReadStream()) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
