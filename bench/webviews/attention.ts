/**
 * The Attention view on 4,096 tokens of code: from a pointer's move to its picture, and frames while the matrix is panned.
 * Prints a table in Markdown; a frame of 60 a second has 16.7 ms.
 */
import { readFileSync } from 'node:fs';
import { openInspector } from '../../test/webviews/harness/inspector';
import { Stage } from '../../test/webviews/harness/stage';
import { installWorkbench, workbenchVersion } from '../../test/workbench/harness/install';
import { machine } from '../machine';
import { markdownTable } from '../markdown';
import { report } from '../report';
import { type Frames, frameWork } from './frame-work';

const TOKENS = 4096;
const MOVES = 60;
/** A frame that comes later after the one before was left out. */
const LATE_MS = 25;
const UNITS = 30_000;
/** Only the last units of them are shown. */
const SOURCES = ['package-lock.json', 'docs/editor.md', 'docs/cli.md', 'docs/json.md'];

installWorkbench();
const stage = await Stage.open();
try {
  await measure();
} finally {
  await stage.close();
}

async function measure(): Promise<void> {
  const source = SOURCES.map((path) => readFileSync(path, 'utf8')).join('');
  const selected = { token: TOKENS - 100, layer: 18, head: 6 };
  const text = await textOf(source.slice(-UNITS), TOKENS);
  const { page } = await openInspector(stage, { view: 'attention', text, selected, width: 1200, height: 900 });
  await page.locator('vt-matrix').waitFor({ timeout: 120_000 });
  await page.waitForTimeout(2000);
  const hover = (await page.evaluate(`(${frameWork})('hover', ${MOVES})`)) as Frames;
  const over = (await page.evaluate(`(${frameWork})('text', ${MOVES})`)) as Frames;
  await page.locator('vt-matrix').evaluate((matrix) => (matrix as unknown as { zoom(factor: number): void }).zoom(8));
  await page.waitForTimeout(4000);
  const pan = (await page.evaluate(`(${frameWork})('pan', ${MOVES})`)) as Frames;
  const what = `${TOKENS.toLocaleString('en')} tokens, what the page's thread computes a move`;
  const rows = [
    [what, 'median', '95th percentile', 'longest', 'frames that came late'],
    row('a pointer that moves over the matrix', hover),
    row('a pointer that moves over the text, each token painted with its attention', over),
    row('panning the matrix, near enough to see tokens', pan),
  ];
  report('attention', markdownTable([':-', '-:', '-:', '-:', '-:'], rows), machine(workbenchVersion()));
}

/** The start of a text that has so many tokens. */
async function textOf(source: string, tokens: number): Promise<string> {
  const tokenizer = await stage.named('model');
  const { ends } = tokenizer.encode(source);
  return source.slice(0, ends[tokens - 1]);
}

function row(what: string, { work, intervals }: Frames): string[] {
  const sorted = work.toSorted((one, other) => one - other);
  const at = (share: number) => `${(sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN).toFixed(1)} ms`;
  const late = intervals.filter((interval) => interval > LATE_MS).length;
  return [what, at(0.5), at(0.95), at(1), `${late} of ${intervals.length}`];
}
