/**
 * The inspector: how large its code is, how soon it shows a text, how much work a pointer costs over thousands of tokens,
 * and whether opening and closing it leaves anything behind. Prints a table in Markdown, each number beside its aim.
 */
import { readFileSync, statSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { openInspector } from '../../test/webviews/harness/inspector';
import { Stage } from '../../test/webviews/harness/stage';
import { runInExtensionHost } from '../../test/workbench/harness/extension-host';
import { installWorkbench, workbenchVersion } from '../../test/workbench/harness/install';
import { machine } from '../machine';
import { markdownTable } from '../markdown';
import { report } from '../report';
import type { OpeningReport } from './host';
import { hoverWork } from './hover-work';

const OPENINGS = 10;
const LONG_TOKENS = 4096;
const TEXT = 'The mouse that ate the cheese ran from the cat.';

installWorkbench();
const stage = await Stage.open();
try {
  const bundle = gzipSync(readFileSync('dist/webviews/inspector.js')).length + statSync('dist/webviews/page.css').size;
  const openings: number[] = [];
  for (let i = 0; i < OPENINGS; i++) openings.push(await timeOfOpening());
  // A word and its space are one token.
  const hover = await hoverWork(stage, 'mouse '.repeat(LONG_TOKENS).trim());
  const report = (await runInExtensionHost('bench/webviews/host.ts', {
    files: { 'text.txt': TEXT },
    settings: {},
  })) as OpeningReport;
  print(bundle, openings, hover, report);
} finally {
  await stage.close();
}

/** Milliseconds from a new page to the tokens of a text that the engine has read before. */
async function timeOfOpening(): Promise<number> {
  const start = performance.now();
  const { page, close } = await openInspector(stage, { view: 'probabilities', text: TEXT });
  await page.getByRole('option').first().waitFor();
  const time = performance.now() - start;
  await close();
  return time;
}

function print(bundle: number, openings: number[], hover: number[], { few, many }: OpeningReport): void {
  const rows = [
    ['', 'measured', 'aim'],
    ['Code of all views, gzipped', `${Math.round(bundle / 1000)} KB`, 'under 400 KB'],
    ['From a new page to a text that was read before, median', `${median(openings).toFixed(0)} ms`, 'under 300 ms'],
    [
      `Work of the page for a pointer that moves over ${LONG_TOKENS} tokens, median`,
      `${median(hover).toFixed(1)} ms`,
      'under 16 ms',
    ],
    ['The same, 95th percentile', `${quantile(hover, 0.95).toFixed(1)} ms`, 'under 16 ms'],
    ['Memory of the extension host after 20 openings, after 200', `${few.toFixed(0)}, ${many.toFixed(0)} MB`, 'stable'],
  ];
  report('webviews', markdownTable([':-', '-:', ':-'], rows), machine(workbenchVersion()));
}

function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

function quantile(values: readonly number[], share: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor(share * (values.length - 1))] ?? Number.NaN;
}
