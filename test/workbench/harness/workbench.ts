import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { keepsPictures } from '../../support/pictures';
import { processesInGroup } from '../../support/processes';
import { openPage } from './browser';
import { type Server, startServer } from './server';

const WINDOW = { width: 1280, height: 800 };
const WAIT_MS = 60_000;
/** How long the palette may take to show what it has; it is opened anew after that. */
const LIST_MS = 3000;
/** A command may have to look at the disk before it knows what to list. */
const CHOICES_MS = 10_000;

/** The box of the palette. */
const QUERY = '.quick-input-widget input[type=text]';

/** Pictures of the tests' windows, in an ignored folder. */
const PICTURES = resolve('test/workbench/screenshots');

export interface WorkbenchOptions {
  /** The extension's package. By default the extension as it is built in this folder. */
  extension?: string;
  /** The files of the folder that is opened, by name. */
  files: Record<string, string>;
  settings?: Record<string, unknown>;
  /** The display language. */
  locale?: string;
  /** Whether the folder is one that nobody trusts yet. */
  untrusted?: boolean;
}

/** A painted place: the colour in red, green and blue. */
export interface Paint {
  colour: number[];
  /** How much of it, from 0 to 1; where it is opaque, how far it is from the editor's background. */
  opacity: number;
  isOpaque: boolean;
  left: number;
}

/** A real workbench with this extension, driven as a person would: by keys, by the mouse, and by what is on the screen. */
export class Workbench {
  readonly page: Page;
  /** The folder that is opened. */
  readonly folder: string;
  readonly server: Server;

  private constructor(page: Page, folder: string, server: Server) {
    this.page = page;
    this.folder = folder;
    this.server = server;
  }

  static async open({ extension = '.', files, settings, locale, untrusted }: WorkbenchOptions): Promise<Workbench> {
    const folder = mkdtempSync(join(tmpdir(), 'vitrine-files-'));
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    // The theme follows the browser's colour scheme: the tests change it without a click.
    const scheme = { 'window.autoDetectColorScheme': true, 'window.autoDetectHighContrast': true };
    const server = await startServer({
      extension: resolve(extension),
      settings: { ...scheme, ...settings },
      locale,
      untrusted,
    });
    try {
      const page = await openPage(`${server.url}/?folder=${encodeURI(folder)}`, WINDOW);
      page.setDefaultTimeout(WAIT_MS);
      await page.locator('.part.statusbar .statusbar-item').first().waitFor();
      return new Workbench(page, folder, server);
    } catch (error) {
      await server.stop();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.page.context().browser()?.close();
    await this.server.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Runs a command by the title that the palette shows. */
  async run(title: string): Promise<void> {
    await this.#choose(`>${title}`, title);
  }

  /** Runs a command and chooses in the list that it opens; both again where something takes the focus meanwhile, which closes the list. */
  async runAndChoose(command: string, label: string): Promise<void> {
    await retry(`"${command}" lets one choose "${label}"`, async () => {
      await this.run(command);
      // The palette's own box has the command in it until the command has a box of its own.
      await expect.poll(() => this.page.locator(QUERY).inputValue(), { timeout: CHOICES_MS }).not.toContain(command);
      // A list may be longer than what is seen of it.
      await this.page.locator(QUERY).fill(label, { timeout: LIST_MS });
      const row = this.page.locator('.quick-input-list .label-name', { hasText: label }).first();
      await row.click({ timeout: CHOICES_MS });
    });
  }

  /** Puts the cursor there; lines and columns from 1. */
  async goTo(line: number, column: number): Promise<void> {
    const there = this.status(`Ln ${line}, Col ${column}`);
    await retry(`the cursor is on line ${line}, column ${column}`, async () => {
      // The inspector has the focus where a command has opened it.
      await this.page.keyboard.press('Control+1');
      await this.page.keyboard.press('F1');
      await this.page.locator(QUERY).fill(`:${line}:${column}`, { timeout: LIST_MS });
      await this.page.keyboard.press('Enter');
      // The cursor may have been there before.
      await this.page.locator(QUERY).waitFor({ state: 'hidden', timeout: LIST_MS });
      await there.waitFor({ timeout: LIST_MS });
    });
  }

  /** Selects from one place to another. */
  async select(
    from: readonly [line: number, column: number],
    to: readonly [line: number, column: number],
  ): Promise<void> {
    await this.goTo(...from);
    await this.run('Set Selection Anchor');
    await this.goTo(...to);
    await this.run('Select from Anchor to Cursor');
  }

  /** Opens the hover at a place, by the keyboard. */
  async hover(line: number, column: number): Promise<Locator> {
    const hover = this.page.locator('.monaco-hover:not(.hidden, .workbench-hover)');
    await this.goTo(line, column);
    await this.page.keyboard.press('Control+K');
    await this.page.keyboard.press('Control+I');
    await hover.waitFor();
    return hover;
  }

  /** Opens the hover of the first place of the text that has a word, by the mouse. */
  async pointAt(word: string): Promise<Locator> {
    const hover = this.page.locator('.monaco-hover:not(.hidden, .workbench-hover)');
    const line = this.page.locator('.editor-instance .view-line', { hasText: word }).first();
    await retry(`there is a hover on "${word}"`, async () => {
      await this.page.mouse.move(WINDOW.width / 2, WINDOW.height - 50);
      await line.getByText(word).last().hover({ timeout: LIST_MS });
      await hover.waitFor({ timeout: LIST_MS });
    });
    return hover;
  }

  /** What decorations paint behind the text, from left to right. */
  async paint(): Promise<Paint[]> {
    // At once, in the page, whose code knows nothing but its arguments: between two steps the editor may draw all anew.
    const all: Paint[] = await this.page.locator('body').evaluate(
      (body, painted) =>
        Array.from(body.querySelectorAll(painted), (element: typeof body) => {
          const numbersOf = (of: typeof element): number[] => {
            const { backgroundColor } = of.ownerDocument.defaultView.getComputedStyle(of);
            const [red = 0, green = 0, blue = 0, opacity = 1] = (backgroundColor.match(/[\d.]+/g) ?? []).map(Number);
            // A mixed colour is told in shares of 1.
            const scale = backgroundColor.startsWith('color(') ? 255 : 1;
            return [red * scale, green * scale, blue * scale, opacity];
          };
          const [red = 0, green = 0, blue = 0, opacity = 1] = numbersOf(element);
          const colour = [red, green, blue];
          const behind = numbersOf(element.closest('.monaco-editor'));
          const distance = Math.max(...colour.map((channel, i) => Math.abs(channel - (behind[i] ?? 0)))) / 255;
          const isOpaque = opacity === 1;
          return { colour, opacity: isOpaque ? distance : opacity, isOpaque, left: element.offsetLeft };
        }),
      '.view-overlays .cdr[class*="ced-"]',
    );
    return all.filter(({ opacity }) => opacity > 0).sort((a, b) => a.left - b.left);
  }

  /** Chooses in a list that a command has opened. */
  async answer(label: string): Promise<void> {
    await this.page.locator('.quick-input-list .label-name', { hasText: label }).first().click();
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
    // The palette lists what is there when it opens: what the workbench is still loading comes with another opening.
    await retry(`the palette offers "${label}"`, async () => {
      await this.page.keyboard.press('F1');
      await this.page.locator(QUERY).fill(query, { timeout: LIST_MS });
      await row.waitFor({ timeout: LIST_MS }).catch(async (error: unknown) => {
        await this.page.keyboard.press('Escape');
        throw error;
      });
    });
    return row;
  }

  /** An item of the status bar. */
  status(text: string | RegExp): Locator {
    return this.page.locator('.part.statusbar .statusbar-item', { hasText: text });
  }

  /** What an item of the status bar says when one points at it, that of the model where no other is named; the tooltip stays. */
  async tooltip(item = 'SmolLM2'): Promise<string> {
    const tooltip = this.page.locator('.monaco-hover.workbench-hover');
    await retry('the status item has a tooltip', async () => {
      await this.page.mouse.move(WINDOW.width / 2, WINDOW.height / 2);
      await tooltip.waitFor({ state: 'hidden', timeout: LIST_MS });
      await this.status(item).hover();
      await tooltip.waitFor({ timeout: LIST_MS });
    });
    return ((await tooltip.textContent()) ?? '').replace(/\s+/g, ' ');
  }

  /** A message that is shown to the person. */
  notification(text: string | RegExp): Locator {
    return this.page.locator('.notification-list-item-message', { hasText: text });
  }

  /** The rows of a view in the side panel. */
  rows(view: string): Locator {
    const header = this.page.locator('.pane-header', { hasText: view });
    return this.page.locator('.pane', { has: header }).locator('.monaco-list-row');
  }

  /** The processes of the engine that the extension runs. */
  engines(): number[] {
    return processesInGroup(this.server.pid, 'dist/engine.js');
  }

  /** Keeps a picture of the window, where pictures are kept. */
  async screenshot(name: string): Promise<void> {
    if (keepsPictures) await this.keepPicture(name);
  }

  async keepPicture(name: string): Promise<void> {
    mkdirSync(PICTURES, { recursive: true });
    await this.page.screenshot({ path: join(PICTURES, `${name}.png`), animations: 'disabled' });
  }

  /** Keeps a picture of the window in each kind of theme, where pictures are kept. */
  async screenshots(name: string): Promise<void> {
    if (!keepsPictures) return;
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

  async #choose(query: string, label: string): Promise<void> {
    await retry(`"${label}" is chosen in the palette`, async () => {
      const row = await this.offers(query, label);
      // The palette closes where something else takes the focus meanwhile.
      await row.click({ timeout: LIST_MS });
    });
    // Away from what would show a hover of its own.
    await this.page.mouse.move(WINDOW.width / 2, WINDOW.height - 50);
  }
}

/** Tries something until it succeeds, for a minute. */
async function retry(what: string, attempt: () => Promise<void>): Promise<void> {
  const end = Date.now() + WAIT_MS;
  for (;;) {
    try {
      return await attempt();
    } catch (cause) {
      if (Date.now() > end) throw new Error(`within a minute it was not so that ${what}`, { cause });
    }
  }
}
