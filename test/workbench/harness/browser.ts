import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { installed } from './install';

/** Starts the installed browser, without a window. Closing it is the caller's. */
export function launchBrowser(): Promise<Browser> {
  const folder = installed.browser;
  const env: Record<string, string | undefined> = { ...process.env, LD_LIBRARY_PATH: join(folder, 'lib') };
  if (!existsSync('/etc/fonts/fonts.conf')) env.FONTCONFIG_PATH = folder;
  return chromium.launch({
    executablePath: join(folder, 'chromium'),
    env,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic'],
  });
}

/** Opens an address in the installed browser. Closing the browser is the caller's. */
export async function openPage(url: string, viewport: { width: number; height: number }): Promise<Page> {
  const browser = await launchBrowser();
  const page = await browser.newPage({ viewport, colorScheme: 'dark' });
  await page.goto(url);
  return page;
}
