import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { installed } from './install';

/** Opens an address in the installed browser, without a window. Closing the browser is the caller's. */
export async function openPage(url: string, viewport: { width: number; height: number }): Promise<Page> {
  const folder = installed.browser;
  const env: Record<string, string | undefined> = { ...process.env, LD_LIBRARY_PATH: join(folder, 'lib') };
  if (!existsSync('/etc/fonts/fonts.conf')) env.FONTCONFIG_PATH = folder;
  const browser = await chromium.launch({
    executablePath: join(folder, 'chromium'),
    env,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic'],
  });
  const page = await browser.newPage({ viewport, colorScheme: 'dark' });
  await page.goto(url);
  return page;
}
