import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import type { InspectorHost } from '../../../src/shared/inspector-api';
import { keepsPictures } from '../../support/pictures';
import { hostOf } from './host';
import { type Place, TestHostApi } from './host-api';
import { servePage, type ThemeName, themeOf } from './page';
import { translationsOf } from './spoken';
import type { Stage } from './stage';

const PAGE_SIDE = resolve('test/webviews/harness/page-side.js');
/** Pictures, in an ignored folder. */
const PICTURES = resolve('test/webviews/screenshots');

export interface InspectorOptions extends Place {
  theme?: ThemeName;
  /** Of the page, in pixels. */
  width?: number;
  height?: number;
  reducedMotion?: boolean;
  /** Whether to return while the model still reads. */
  early?: boolean;
}

/** The inspector in a page of its own, before a real engine. */
export interface Inspector {
  page: Page;
  /** The editor's side: what is known, what the views have done, and ways to change the text under them. */
  hostApi: TestHostApi;
  /** Everything that views can ask. */
  host: InspectorHost;
  /** What went wrong in the page: errors, and what its policy refused. */
  problems: string[];
  setTheme(name: ThemeName): Promise<void>;
  /** Keeps a picture of the whole page, where pictures are kept. */
  screenshot(name: string): Promise<void>;
  /** What axe-core finds wrong, one line a kind: none is right. */
  violations(): Promise<string[]>;
  close(): Promise<void>;
}

export async function openInspector(stage: Stage, options: InspectorOptions = {}): Promise<Inspector> {
  const { theme = 'dark', width = 900, height = 700, language = 'en', reducedMotion = true, early = false } = options;
  const page = await stage.browser.newPage({
    viewport: { width, height },
    reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
  });
  const problems = problemsOf(page);
  const translations = translationsOf(language);
  const hostApi = new TestHostApi(stage, options, translations);
  const host = await hostOf(stage, hostApi, { language, translations, page });
  await page.addInitScript({ path: PAGE_SIDE });
  await servePage(page, { theme, language });
  const reading = hostApi.read();
  await page.locator('vt-inspector').waitFor();
  if (!early) await reading;
  return {
    page,
    hostApi,
    host,
    problems,
    setTheme: async (name) => {
      await page.evaluate((theme) => (globalThis as unknown as PageSide).vitrineTheme(theme), themeOf(name));
    },
    screenshot: async (name) => {
      if (!keepsPictures) return;
      mkdirSync(PICTURES, { recursive: true });
      await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true, animations: 'disabled' });
    },
    violations: () => violationsOf(page),
    close: () => page.close(),
  };
}

interface PageSide {
  vitrineTheme(theme: unknown): void;
}

export function problemsOf(page: Page): string[] {
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  return problems;
}

export async function violationsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = (await page.evaluate('axe.run()')) as axe.AxeResults;
  return violations.map(
    ({ id, help, nodes }) => `${id}: ${help} (${nodes.map(({ target }) => target.flat().join(' ')).join(', ')})`,
  );
}
