import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { installed } from './install';

/** The installed browser, without a window. */
export function launchBrowser(): Promise<Browser> {
  const folder = installed.browser;
  const env: NodeJS.ProcessEnv = { ...process.env, LD_LIBRARY_PATH: join(folder, 'lib') };
  if (!existsSync('/etc/fonts/fonts.conf')) env.FONTCONFIG_PATH = folder;
  return chromium.launch({
    executablePath: join(folder, 'chromium'),
    env: env as Record<string, string>,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic'],
  });
}
