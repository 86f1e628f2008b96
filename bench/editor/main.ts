/**
 * The editor with Vitrine, in a real workbench: how long the extension host is held up while a file of 5 MB is opened and
 * typed in, how soon a keystroke is painted, with bands and without, and how soon colours, or why a token, are on screen. Prints
 * tables in Markdown.
 */
import { readFileSync } from 'node:fs';
import { runInExtensionHost } from '../../test/workbench/harness/extension-host';
import { installWorkbench, workbenchVersion } from '../../test/workbench/harness/install';
import { machine } from '../machine';
import { report } from '../report';
import { measureHeat } from './heat';
import type { HostReport } from './host';
import { ms, row, typingTable } from './tables';
import type { LongestTasks } from './task-watch';
import { measureTyping, SETTINGS } from './typing';
import { measureWhy } from './why';

const LARGE_UNITS = 5_000_000;
/** About 300 tokens of code. */
const CODE_UNITS = 1000;
/** About 512. */
const WHY_UNITS = 1700;

installWorkbench();
const sample = readFileSync('package-lock.json', 'utf8') + readFileSync('README.md', 'utf8');
const large = sample.repeat(Math.ceil(LARGE_UNITS / sample.length)).slice(0, LARGE_UNITS);
const files = { 'one.txt': large, 'two.txt': large, 'small.txt': 'The mouse ate the cheese.' };
const { load, activate, starting, without, bands } = (await runInExtensionHost('bench/editor/host.ts', {
  files,
  settings: SETTINGS,
})) as HostReport;
const typing = await measureTyping(large, [60_000, 1], SETTINGS);
const heat = await measureHeat(readFileSync('scripts/build.mjs', 'utf8').slice(0, CODE_UNITS));
const why = await measureWhy(readFileSync('scripts/build.mjs', 'utf8').slice(0, WHY_UNITS));
const hostTable = [
  "| longest task of the extension host, and of it Vitrine's own | with bands | without |",
  '|-|-|-|',
  row('while 5 MB are opened', bands.opening, without.opening, tasks),
  row('while one types in them', bands.typing, without.typing, tasks),
  row('while the vocabulary is loaded', starting, undefined, tasks),
].join('\n');
report(
  'editor',
  hostTable,
  typingTable('typing in 5 MB', 'with bands', typing),
  `Loading the extension's code ${ms(load)}, activating it ${ms(activate)}. Tasks are in time that the thread computed. About 300 tokens of code are coloured ${heat.toFixed(2)} s after the command, with a warm engine; about 512 tokens are painted by what each brings for the last ${ms(why)} after the key that asks why.`,
  machine(workbenchVersion()),
);

function tasks({ any, own }: LongestTasks): string {
  return `${ms(any)}, ${ms(own)}`;
}
