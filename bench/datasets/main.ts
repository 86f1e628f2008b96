/**
 * JSONL files as lists: how soon the first rows of 10,000 are there, a file of 1 GB, its index beside reading it plain, and what
 * scoring adds to the model's own work. Prints a table in Markdown, each number beside its aim.
 */
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { setImmediate } from 'node:timers/promises';
import { ResultStore } from '../../src/background/result-store';
import { LineFile } from '../../src/datasets/file/line-file';
import { rowOf } from '../../src/datasets/rows/row';
import { scoreRow } from '../../src/datasets/scores/score-row';
import { madeUpModel, openDatasetPage } from '../../test/webviews/harness/dataset-page';
import { launchBrowser } from '../../test/workbench/harness/browser';
import { installWorkbench } from '../../test/workbench/harness/install';
import { machine } from '../machine';
import { markdownTable } from '../markdown';
import { report } from '../report';

const LISTED = 10_000;
const LARGE_BYTES = 1e9;
const SCORED = 2000;
const OPENINGS = 5;
const MEGABYTE = 1e6;
const PIECE_BYTES = 1 << 20;

installWorkbench();
const folder = mkdtempSync(join(tmpdir(), 'vitrine-bench-'));
try {
  const small = join(folder, 'small.jsonl');
  const large = join(folder, 'large.jsonl');
  await writeRows(small, (_, row) => row < LISTED);
  await writeRows(large, (bytes) => bytes < LARGE_BYTES);
  const openings: number[] = [];
  const browser = await launchBrowser();
  for (let i = 0; i < OPENINGS; i++) openings.push(await timeOfOpening(browser, small));
  const largeOpenings: number[] = [];
  for (let i = 0; i < OPENINGS; i++) largeOpenings.push(await timeOfOpening(browser, large));
  await browser.close();
  const rounds = [await indexAndRead(large), await indexAndRead(large), await indexAndRead(large)];
  const best = rounds.reduce((a, b) => (a.index < b.index ? a : b));
  const plain = Math.min(...rounds.map(({ plain }) => plain));
  const perRow = await scoringOverhead(small);
  const rows = [
    ['', 'measured', 'aim'],
    [
      `First screen of ${LISTED.toLocaleString('en')} rows, from where its page begins to load, median`,
      ms(median(openings)),
      'under 300 ms',
    ],
    ['First screen of a file of 1 GB, median', ms(median(largeOpenings)), 'under 1 s'],
    ['The same without a page: the file opened, its first 30 rows read, median', ms(await timeOfRows(large)), ''],
    ['Index of 1 GB', `${best.index.toFixed(2)} s, ${best.lines.toLocaleString('en')} lines`, ''],
    ['The same, beside reading the file plain', `${(best.index / plain).toFixed(2)} times (${plain.toFixed(2)} s)`, ''],
    ['Memory of that index', `${(best.bytes / MEGABYTE).toFixed(0)} MB`, 'under 150 MB'],
    [
      'What a row costs beside template and model: found, hashed, kept on disk',
      `${perRow.toFixed(2)} ms`,
      'under 1 ms',
    ],
  ];
  report('datasets', markdownTable([':-', '-:', ':-'], rows), machine());
} finally {
  rmSync(folder, { recursive: true });
}

function ms(time: number): string {
  return `${time.toFixed(0)} ms`;
}

async function writeRows(path: string, goesOn: (bytes: number, row: number) => boolean): Promise<void> {
  const stream = createWriteStream(path);
  for (let row = 0, bytes = 0; goesOn(bytes, row); row++) {
    const messages = [
      { role: 'user', content: `What comes after ${row}?` },
      { role: 'assistant', content: `After ${row} comes ${row + 1}. ${'It is so. '.repeat(row % 40)}` },
    ];
    const line = `${JSON.stringify({ messages })}\n`;
    bytes += line.length;
    if (!stream.write(line)) await new Promise<void>((resolve) => stream.once('drain', () => resolve()));
  }
  stream.end();
  await finished(stream);
}

/** Milliseconds from where a page begins to load to its first row; the editor takes some more to make a place for the page. */
async function timeOfOpening(browser: Parameters<typeof openDatasetPage>[0], path: string): Promise<number> {
  const { page, close } = await openDatasetPage(browser, { path, folder: join(folder, 'results') });
  await page.locator('.seen [role=row]:not(.head)').first().waitFor();
  const time: number = await page.evaluate('performance.now()');
  await close();
  return time;
}

/** Milliseconds until the first rows are there, while the rest of the file is being indexed. */
async function timeOfRows(path: string): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < OPENINGS; i++) {
    const start = performance.now();
    const file = await LineFile.open(path);
    const controller = new AbortController();
    const first = new Promise<void>((resolve) => {
      file.index({ signal: controller.signal, progress: () => resolve() }).catch(() => {});
    });
    await first;
    (await file.lines(0, 30)).map(rowOf);
    times.push(performance.now() - start);
    controller.abort();
    await setImmediate();
    await file.close();
  }
  return median(times);
}

async function indexAndRead(path: string): Promise<{ plain: number; index: number; lines: number; bytes: number }> {
  const read = performance.now();
  const handle = await open(path);
  const piece = Buffer.alloc(PIECE_BYTES);
  while ((await handle.read(piece, 0, PIECE_BYTES, null)).bytesRead > 0);
  await handle.close();
  const start = performance.now();
  const file = await LineFile.open(path);
  await file.index({ signal: new AbortController().signal, progress: () => {} });
  const end = performance.now();
  await file.close();
  const { count, bytes } = file.offsets;
  return { plain: (start - read) / 1000, index: (end - start) / 1000, lines: count, bytes };
}

/** Milliseconds of a row whose model takes no time. */
async function scoringOverhead(path: string): Promise<number> {
  const file = await LineFile.open(path);
  await file.index({ signal: new AbortController().signal, progress: () => {} });
  const model = madeUpModel('none', 1);
  const store = await ResultStore.open({ folder: join(folder, 'results'), model: model.key });
  const { signal } = new AbortController();
  const start = performance.now();
  for (let row = 0; row < SCORED; row++) {
    const [line] = await file.lines(row, 1);
    if (line) await scoreRow(rowOf(line), { a: { model, store }, b: undefined }, signal);
  }
  const time = performance.now() - start;
  await file.close();
  return time / SCORED;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
