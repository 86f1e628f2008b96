import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { launchBrowser } from './browser';
import { type Server, startServer } from './server';

const WAIT_MS = 60_000;
/** How long the palette may take to show what it has; it is opened anew after that. */
const LIST_MS = 3000;

/** Pictures of the tests' windows, in an ignored folder. */
const PICTURES = resolve('test/workbench/screenshots');

export interface WorkbenchOptions {
  /** The files of the folder that is opened, by name. */
  files: Record<string, string>;
  settings?: Record<string, unknown>;
  /** The display language. */
  locale?: string;
}

/** A real workbench with this extension, driven as a person would: by keys, by the mouse, and by what is on the screen. */
export class Workbench {
  readonly page: Page;
  /** The folder that is opened. */
  readonly folder: string;
  readonly server: Server;
  readonly #browser: Browser;

  private constructor(page: Page, folder: string, server: Server, browser: Browser) {
    this.page = page;
    this.folder = folder;
    this.server = server;
    this.#browser = browser;
  }

  static async open({ files, settings, locale }: WorkbenchOptions): Promise<Workbench> {
    const folder = mkdtempSync(join(tmpdir(), 'vitrine-files-'));
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    // The theme follows the browser's colour scheme: the tests change it without a click.
    const scheme = { 'window.autoDetectColorScheme': true, 'window.autoDetectHighContrast': true };
    const server = await startServer({ extension: resolve('.'), settings: { ...scheme, ...settings }, locale });
    const browser = await launchBrowser();
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, colorScheme: 'dark' });
    page.setDefaultTimeout(WAIT_MS);
    await page.goto(`${server.url}/?folder=${encodeURI(folder)}`);
    await page.locator('.part.statusbar .statusbar-item').first().waitFor();
    return new Workbench(page, folder, server, browser);
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.server.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Runs a command by the title that the palette shows. */
  async run(title: string): Promise<void> {
    await this.#choose(`>${title}`, title);
  }

  /** Opens a file of the folder. */
  async openFile(name: string): Promise<void> {
    await this.#choose(name, name);
    await this.page.locator('.tab.active', { hasText: name }).waitFor();
    await this.page.locator('.editor-instance .view-line').first().waitFor();
  }

  /** Opens the palette on a query, and waits for the row that has this label and nothing else but a category. */
  async offers(query: string, label: string): Promise<Locator> {
    const exactly = new RegExp(`^(.+: )?${label.replace(/\W/g, '\\$&')}$`);
    const row = this.page.locator('.quick-input-list .label-name', { hasText: exactly }).first();
    const end = Date.now() + WAIT_MS;
    // The palette lists what is there when it opens: what the workbench is still loading comes with another opening.
    while (!(await this.#listed(query, row))) {
      if (Date.now() > end) throw new Error(`the palette never offered "${label}"`);
      await this.page.keyboard.press('Escape');
    }
    return row;
  }

  /** An item of the status bar. */
  status(text: string | RegExp): Locator {
    return this.page.locator('.part.statusbar .statusbar-item', { hasText: text });
  }

  /** Keeps a picture of the window. */
  async screenshot(name: string): Promise<void> {
    mkdirSync(PICTURES, { recursive: true });
    await this.page.screenshot({ path: join(PICTURES, `${name}.png`) });
  }

  /** Keeps a picture of the window in each kind of theme. */
  async screenshots(name: string): Promise<void> {
    await this.#inTheme({ colorScheme: 'light', forcedColors: 'none' }, 'vs');
    await this.screenshot(`${name}-light`);
    await this.#inTheme({ colorScheme: 'dark', forcedColors: 'active' }, 'hc-black');
    await this.screenshot(`${name}-high-contrast`);
    await this.#inTheme({ colorScheme: 'dark', forcedColors: 'none' }, 'vs-dark');
    await this.screenshot(`${name}-dark`);
  }

  async #inTheme(media: Parameters<Page['emulateMedia']>[0], kind: string): Promise<void> {
    await this.page.emulateMedia(media);
    await this.page.locator(`.monaco-workbench.${kind}`).waitFor();
  }

  async #listed(query: string, row: Locator): Promise<boolean> {
    await this.page.keyboard.press('F1');
    try {
      await this.page.locator('.quick-input-widget input[type=text]').fill(query, { timeout: LIST_MS });
      await row.waitFor({ timeout: LIST_MS });
      return true;
    } catch {
      return false;
    }
  }

  async #choose(query: string, label: string): Promise<void> {
    await (await this.offers(query, label)).click();
  }
}
