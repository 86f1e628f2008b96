import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { LineKind } from '../../src/shared/workspace-api';
import { findFiles, type WorkspaceFile } from '../../src/workspace/files/find-files';
import type { RawFileScore } from '../../src/workspace/score-file';
import { launchBrowser } from '../workbench/harness/browser';
import { installWorkbench } from '../workbench/harness/install';
import { violationsOf } from './harness/inspector';
import { openMapPage } from './harness/map-page';
import { isThemeName } from './harness/page';

/*
 * A picture of the map of a folder: `node test/webviews/run.mjs show-map --folder src --theme light --width 320 --out map.png`. Its
 * numbers are made up, unless `--scores` names what `vitrine scan --json` printed in that folder; `--read 0.5` reads half of the
 * files. `--press` clicks at what has a text, then `--point` looks at what is named so.
 */
const { values } = parseArgs({
  options: {
    folder: { type: 'string', default: 'src' },
    scores: { type: 'string' },
    read: { type: 'string', default: '1' },
    theme: { type: 'string', default: 'dark' },
    width: { type: 'string', default: '1000' },
    height: { type: 'string', default: '800' },
    lang: { type: 'string', default: 'en' },
    press: { type: 'string', multiple: true, default: [] },
    point: { type: 'string' },
    out: { type: 'string' },
    axe: { type: 'boolean', default: false },
  },
});

installWorkbench();
const browser = await launchBrowser();
try {
  await show();
} finally {
  await browser.close();
}

async function show(): Promise<void> {
  const { folder, theme, width, height, lang } = values;
  if (!isThemeName(theme)) throw new Error('--theme is light, dark, high-contrast or high-contrast-light.');
  const { files, leftOut } = await findFiles(folder, new AbortController().signal);
  const scores = values.scores ? scoresIn(values.scores) : files.map(madeUp);
  const known = new Set(scores.map(({ path }) => path));
  const { page, read, problems } = await openMapPage(browser, {
    folder,
    files: files.filter(({ path }) => known.has(path)),
    leftOut: [{ reason: 'notCode', files: leftOut.size, examples: [...leftOut.keys()].slice(0, 20) }],
    functions: {},
    theme,
    language: lang,
    width: Number(width),
    height: Number(height),
  });
  for (const score of scores.slice(0, Number(values.read) * scores.length)) read(score);
  await page.waitForTimeout(1500);
  for (const text of values.press) await page.getByText(text, { exact: true }).first().click();
  if (values.point) await page.getByRole('treeitem', { name: values.point }).first().dispatchEvent('pointermove');
  await page.waitForTimeout(500);
  if (values.out) await page.screenshot({ path: values.out });
  if (values.axe) process.stdout.write(`${(await violationsOf(page)).join('\n') || 'axe-core finds nothing wrong.'}\n`);
  for (const problem of problems) console.error(`problem in the page: ${problem}`);
}

function scoresIn(path: string): RawFileScore[] {
  return JSON.parse(readFileSync(path, 'utf8')).files;
}

/** As many tokens as its size lets expect, of which each file has its own mean. */
function madeUp({ path, languageId, bytes }: WorkspaceFile, place: number): RawFileScore {
  const tokens = Math.ceil(bytes * 0.3) || 1;
  const mean = 2.5 + 1.2 * Math.sin(7.3 * place);
  const line = (kind: LineKind, share: number, bits: number) => {
    const own = Math.ceil(tokens * share);
    const newNames = { tokens: Math.floor(own * 0.1), bits: own * 0.8 };
    const worst = { start: 0, end: 1, text: 'a', bits: 12, expected: ' b' };
    return { line: 0, kind, tokens: own, bits: own * bits, newNames, z: Number.NaN, worst };
  };
  const lines = [line('other', 0.8, mean), line('comment', 0.2, mean + 1.5)];
  return { path, languageId, tokens, bits: tokens * mean, lines };
}
