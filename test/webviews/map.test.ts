import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { visibleText } from '../../src/display/glyphs';
import { formatBitsAlone, formatCount } from '../../src/display/numbers';
import type { FileScore, LineScore } from '../../src/shared/workspace-api';
import { createTokenizer } from '../../src/tokenizer';
import { fileSumsOf, LineStatistics } from '../../src/workspace/lines/line-statistics';
import { type RawFileScore, scoreFile, withZ } from '../../src/workspace/score-file';
import { TokenStore } from '../../src/workspace/token-store';
import { nextTask, useEngine } from '../support/engine';
import { violationsOf } from './harness/inspector';
import { type MapPageOptions, openMapPage } from './harness/map-page';
import { sharedBrowser } from './harness/shared';

const used = useEngine();
const folder = mkdtempSync(join(tmpdir(), 'vitrine-map-'));
/** As many declarations as say how unusual one is. */
const PREFIXES =
  'quetta ronna yotta zetta exa peta tera giga mega kilo hecto deca deci centi milli micro nano pico femto atto';
const OTHERS = 'pair dozen score gross half third fifth tenth kibi mebi gibi tebi';
/** Little code, in folders of its own. */
const FILES = {
  'lib/text/rank.ts': readFileSync('src/display/rank-class.ts', 'utf8'),
  'lib/text/indicator.ts': readFileSync('src/display/indicator.ts', 'utf8'),
  'lib/units.ts': `${PREFIXES} ${OTHERS}`
    .split(' ')
    .map((name, i) => `export const ${name} = ${i};\n`)
    .join(''),
};
const paths = Object.keys(FILES);
let browser: Browser;
let scores: FileScore[];

beforeAll(async () => {
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const [opened, read] = await Promise.all([sharedBrowser(), readFiles()]);
  browser = opened;
  const statistics = new LineStatistics();
  for (const { languageId, lines } of read) statistics.add(languageId, fileSumsOf(lines));
  scores = read.map((file) => withZ(file, statistics));
});

afterAll(async () => {
  rmSync(folder, { recursive: true });
});

/** By the model that comes with Vitrine. */
async function readFiles(): Promise<RawFileScore[]> {
  const { engine } = used;
  const model = {
    label: 'SmolLM2 135M',
    key: '',
    tokenizer: createTokenizer(await engine.vocabulary({})),
    contextLength: 2048,
    score: (ids: Uint32Array) => engine.scoreInBackground({ task: nextTask(), ids: [...ids] }),
  };
  const store = await TokenStore.open({ folder: join(folder, 'results'), model: '' });
  const read: RawFileScore[] = [];
  for (const path of paths) {
    const text = readFileSync(join(folder, path), 'utf8');
    read.push(
      await scoreFile({ path, languageId: 'typescript', text }, { model, store }, new AbortController().signal),
    );
  }
  return read;
}

const pageOptions = (): MapPageOptions => ({
  folder,
  files: paths.map((path) => ({ path, languageId: 'typescript', bytes: statSync(join(folder, path)).size })),
  leftOut: [{ reason: 'generated', files: 1, examples: ['lib/api.pb.ts'] }],
  functions: { 'lib/text/rank.ts': [{ name: 'rankClassOf', from: 4, to: 9 }] },
});

it('fills in while files are read, and says of each what its lines come to', async () => {
  const { page, read, saved, problems } = await openMapPage(browser, pageOptions());
  const rank = page.getByRole('treeitem', { name: /^lib\/text\/rank\.ts/ });
  await expect.poll(() => rank.getAttribute('aria-label')).toMatch(/not read yet$/);
  expect(await page.getByText('1 file is left out').count()).toBe(1);

  for (const score of scores) read(score);
  const [file] = scores as [FileScore];
  const label = `lib/text/rank.ts: ${formatCount(file.tokens)} tokens · ${formatBitsAlone(file.bits / file.tokens)} bits a token · z ${signedZ(file.z)}`;
  await expect.poll(() => rank.getAttribute('aria-label')).toBe(label);
  await expect.poll(() => page.locator('header').textContent()).toContain('3 files are read');

  // The table has the same, the highest z first.
  const byZ = scores.toSorted((one, other) => other.z - one.z);
  await expect.poll(() => tableOf(page)).toEqual(byZ.map((score) => rowOf(score.path, score.lines, score.z)));
  await page.getByRole('button', { name: 'Tokens' }).click();
  const byTokens = scores.toSorted((one, other) => other.tokens - one.tokens);
  await expect.poll(() => firstCells(page)).toEqual(byTokens.map(({ path }) => path));

  // Of some kinds of lines, and without names that are new in their file.
  await page.getByRole('checkbox', { name: 'Comments' }).click();
  const code = scores.map(({ path, lines }) => ({ path, lines: lines.filter(({ kind }) => kind !== 'comment') }));
  await expect.poll(() => meansOf(page)).toEqual(meansBy(code));
  await page.getByRole('checkbox', { name: 'Without names' }).click();
  const rest = code.map(({ path, lines }) => ({ path, lines: lines.map(withoutNewNames) }));
  await expect.poll(() => meansOf(page)).toEqual(meansBy(rest));

  await page.getByText('Functions').click();
  const lines = file.lines.filter(({ line }) => line >= 4 && line < 9).map(withoutNewNames);
  await expect.poll(() => firstCells(page)).toEqual(['rankClassOf lib/text/rank.ts']);
  expect(await meansOf(page)).toEqual(meansBy([{ path: 'rankClassOf lib/text/rank.ts', lines }]));

  await page.getByRole('button', { name: 'Save the Table…' }).click();
  await expect.poll(() => saved.map(({ name }) => name)).toEqual(['map-functions.csv']);
  const tokens = lines.reduce((sum, line) => sum + line.tokens, 0);
  expect(parse(String(saved[0]?.content), { columns: true })).toMatchObject([
    { path: 'lib/text/rank.ts', function: 'rankClassOf', line: '5', language: 'typescript', tokens: `${tokens}` },
  ]);
  expect(problems).toEqual([]);
  await page.close();
});

it('is looked through with the pointer and by keys, and opens files at their most surprising lines', async () => {
  const { page, read, next, opened, problems } = await openMapPage(browser, pageOptions());
  // Nobody waits for a file that is not read yet.
  await page.getByRole('treeitem', { name: /^lib\/units\.ts: / }).click();
  await expect.poll(() => opened).toEqual([{ path: 'lib/units.ts', line: 0 }]);
  expect(next).toEqual(['lib/units.ts']);

  for (const score of scores) read(score);
  const units = scores.find(({ path }) => path === 'lib/units.ts') as FileScore;
  const most = units.lines.reduce((one, other) => (other.z > one.z ? other : one));
  const details = page.locator('vt-node-details');

  await page.getByRole('treeitem', { name: /^lib\/units\.ts: .* z / }).click();
  await expect.poll(() => opened[1]).toEqual({ path: 'lib/units.ts', line: most.line });
  await expect.poll(() => details.locator('mark').textContent()).toBe(wordOf(units, most));
  expect(await details.locator('.mono').textContent()).toBe(visibleText(most.worst.expected ?? ''));

  await page.getByRole('tree').focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.locator('[aria-current]').textContent()).not.toBe('project');
  await page.keyboard.press('Escape');
  await expect.poll(() => page.locator('[aria-current]').textContent()).toBe('project');
  for (const width of [320, 1600]) {
    await page.setViewportSize({ width, height: 800 });
    await expect.poll(() => page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    expect(await violationsOf(page)).toEqual([]);
  }
  expect(problems).toEqual([]);
  await page.close();
});

it('has the reading paused, gone on with and ended', async () => {
  const { page } = await openMapPage(browser, pageOptions());
  await expect.poll(() => buttons(page)).toEqual(['Pause', 'End']);
  for (const [pressed, then] of [
    ['Pause', ['Resume', 'End']],
    ['Resume', ['Pause', 'End']],
    ['End', ['Read the Files']],
  ] as const) {
    await page.getByRole('button', { name: pressed, exact: true }).click();
    await expect.poll(() => buttons(page)).toEqual(then);
  }
  await page.close();
});

const signedZ = (z: number) => `${z < 0 ? '−' : '+'}${Math.abs(z).toFixed(2)}`;

const tableOf = (page: Page) =>
  page
    .locator('.row')
    .evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent?.trim())));

const buttons = (page: Page) => page.locator('header vscode-button').allTextContents();

const firstCells = async (page: Page) => (await tableOf(page)).map(([first]) => first?.replaceAll(/\s+/g, ' '));

/** Mean bits a token by what stands in the first cell. */
const meansOf = async (page: Page) =>
  Object.fromEntries((await tableOf(page)).map(([first, mean]) => [first?.replaceAll(/\s+/g, ' '), mean]));

const meansBy = (some: { path: string; lines: LineScore[] }[]) =>
  Object.fromEntries(some.map(({ path, lines }) => [path, rowOf(path, lines, 0)[1]]));

function rowOf(path: string, lines: readonly LineScore[], z: number): string[] {
  const tokens = lines.reduce((sum, line) => sum + line.tokens, 0);
  const bits = lines.reduce((sum, line) => sum + line.bits, 0);
  return [path, formatBitsAlone(bits / tokens), signedZ(z), formatCount(tokens)];
}

const withoutNewNames = (line: LineScore): LineScore => ({
  ...line,
  tokens: line.tokens - line.newNames.tokens,
  bits: line.bits - line.newNames.bits,
});

/** The most surprising token of a line, as far as the line holds it. */
const wordOf = ({ path }: FileScore, { line, worst }: LineScore) =>
  readFileSync(join(folder, path), 'utf8').split('\n')[line]?.slice(worst.start, worst.end);
