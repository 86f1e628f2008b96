import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { openPage } from './browser';
import { REPORT } from './report-name';
import { type Server, startServer } from './server';
import type { WorkbenchOptions } from './workbench';

const WINDOW = { width: 1280, height: 800 };
/** Less than the tests wait: an end of theirs would leave the browser and the server running beside the next ones. */
const LIMIT_MS = 120_000;

/**
 * Runs code in a real extension host, with the `vscode` API, beside this extension.
 *
 * @param entry a file that exports `run`, made with `reporting`
 * @returns what `run` reported
 */
export async function runInExtensionHost(
  entry: string,
  { files, settings, locale }: WorkbenchOptions,
): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-host-'));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  const code = await bundle(entry);
  const server = await startServer({ extension: resolve('.'), settings, locale, forTests: true });
  try {
    const page = await openPage('about:blank', WINDOW);
    try {
      await runTests(page, server, folder, code);
    } finally {
      await page.context().browser()?.close();
    }
    return JSON.parse(readFileSync(join(folder, REPORT), 'utf8'));
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @returns the path of the bundle */
async function bundle(entry: string): Promise<string> {
  const outfile = resolve('dist', `host-${basename(entry, '.ts')}.cjs`);
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['vscode'],
  });
  return outfile;
}

/** The editor's own contract: it loads the code, calls `run`, and tells the page how that ended. */
async function runTests(page: Page, { url }: Server, folder: string, tests: string): Promise<void> {
  const remote = (path: string) => `vscode-remote://${new URL(url).host}${path}`;
  const payload = [
    ['extensionDevelopmentPath', remote(resolve('.'))],
    ['extensionTestsPath', remote(tests)],
  ];
  const log: string[] = [];
  await page.exposeFunction('codeAutomationLog', (_: string, args: unknown[]) => void log.push(args.join(' ')));
  const ended = new Promise<number>((done) => void page.exposeFunction('codeAutomationExit', done));
  await page.goto(`${url}/?folder=${encodeURI(folder)}&payload=${encodeURIComponent(JSON.stringify(payload))}`);
  const late = new Promise<undefined>((done) => setTimeout(done, LIMIT_MS, undefined).unref());
  const code = await Promise.race([ended, late]);
  if (code === 0) return;
  const what = code === undefined ? `did not end within ${LIMIT_MS / 1000} s` : 'failed';
  throw new Error(`The code in the extension host ${what}:\n${log.join('\n')}`);
}
