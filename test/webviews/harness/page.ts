import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { inspectorPage } from '../../../src/inspector';

const THEME_NAMES = ['light', 'dark', 'high-contrast', 'high-contrast-light'] as const;
export type ThemeName = (typeof THEME_NAMES)[number];
export const isThemeName = (name: string): name is ThemeName => (THEME_NAMES as readonly string[]).includes(name);

/** What a workbench puts into a webview's page. */
interface Theme {
  kind: string;
  id: string;
  variables: Record<string, string>;
  /** The style sheet that every webview has. */
  styles: string;
}

export const themeOf = (name: ThemeName): Theme =>
  JSON.parse(readFileSync(`test/webviews/harness/themes/${name}.json`, 'utf8'));

/** No name server knows it: every request is answered here. */
const ORIGIN = 'https://vitrine.test';
const NONCE = 'dGVzdA==';

/** Loads the inspector as it is built into a page, and nothing from anywhere else. */
export async function servePage(
  page: Page,
  { theme, language, script = 'inspector.js' }: { theme: ThemeName; language: string; script?: string },
): Promise<void> {
  const address = (name: string) => `/${name}`;
  const html = inspectorPage({ language, source: ORIGIN, nonce: NONCE, script, address });
  // A workbench gives the page its theme before the page's own script.
  const themed = html.replace('<body>', `<body>\n    <script nonce="${NONCE}" src="/theme.js"></script>`);
  const files: Record<string, { contentType: string; body: string }> = {
    '/': { contentType: 'text/html', body: themed },
    '/theme.js': { contentType: 'text/javascript', body: `vitrineTheme(${JSON.stringify(themeOf(theme))})` },
    [`/${script}`]: { contentType: 'text/javascript', body: readFileSync(`dist/webviews/${script}`, 'utf8') },
    '/page.css': { contentType: 'text/css', body: readFileSync('dist/webviews/page.css', 'utf8') },
  };
  await page.route('**', (route) => {
    const file = files[new URL(route.request().url()).pathname];
    return file ? route.fulfill(file) : route.abort();
  });
  await page.goto(`${ORIGIN}/`);
}
