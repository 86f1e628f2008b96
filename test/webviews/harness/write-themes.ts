import { writeFileSync } from 'node:fs';
import type { Frame, Page } from 'playwright-core';
import { installWorkbench } from '../../workbench/harness/install';
import { Workbench } from '../../workbench/harness/workbench';

/*
 * Writes themes/*.json: what a real workbench puts into the page of a webview in each kind of theme. Run it with
 * `node test/webviews/run.mjs harness/write-themes` when the workbench that is installed changes.
 */

const THEMES = {
  light: { colorScheme: 'light', forcedColors: 'none' },
  dark: { colorScheme: 'dark', forcedColors: 'none' },
  'high-contrast': { colorScheme: 'dark', forcedColors: 'active' },
  'high-contrast-light': { colorScheme: 'light', forcedColors: 'active' },
} as const;

const KINDS = {
  light: 'vscode-light',
  dark: 'vscode-dark',
  'high-contrast': 'vscode-high-contrast',
  'high-contrast-light': 'vscode-high-contrast-light',
} as const;

installWorkbench();
const workbench = await Workbench.open({ files: { 'page.md': '# Page' } });
try {
  await workbench.openFile('page.md');
  await workbench.run('Markdown: Open Preview');
  for (const [name, media] of Object.entries(THEMES)) {
    await workbench.page.emulateMedia(media);
    const frame = await webviewOf(workbench.page, KINDS[name as keyof typeof KINDS]);
    const theme = await frame.evaluate(pageTheme);
    writeFileSync(`test/webviews/harness/themes/${name}.json`, `${JSON.stringify(theme, undefined, 2)}\n`);
  }
} finally {
  await workbench.close();
}

/** The frame of the webview, once it has this kind of theme. */
async function webviewOf(page: Page, kind: string): Promise<Frame> {
  for (;;) {
    for (const frame of page.frames()) {
      const found = await frame
        .locator(`body[data-vscode-theme-kind="${kind}"]`)
        .count()
        .catch(() => 0);
      if (found > 0) return frame;
    }
    await page.waitForTimeout(100);
  }
}

/** Runs in the page. */
function pageTheme() {
  // The page's globals are not this program's.
  const { document } = globalThis as unknown as { document: PageDocument };
  const { style } = document.documentElement;
  const names = Array.from({ length: style.length }, (_, index) => style[index] as string);
  return {
    kind: document.body.dataset.vscodeThemeKind,
    id: document.body.dataset.vscodeThemeId,
    variables: Object.fromEntries(names.sort().map((name) => [name, style.getPropertyValue(name)])),
    styles: document.getElementById('_defaultStyles')?.textContent ?? '',
  };
}

interface PageDocument {
  documentElement: { style: { length: number; [index: number]: string; getPropertyValue(name: string): string } };
  body: { dataset: Record<string, string | undefined> };
  getElementById(id: string): { textContent: string } | null;
}
