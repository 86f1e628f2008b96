/**
 * The editor with Vitrine, in a real workbench: how long the extension host is held up while a file of 5 MB is opened and
 * typed in, how soon a keystroke is painted, with bands and without, in 5 MB and in one line of 300 KB, and how soon colours are on screen. Prints tables in
 * Markdown.
 */
import { readFileSync } from 'node:fs';
import { runInExtensionHost } from '../../test/workbench/harness/extension-host';
import { installWorkbench } from '../../test/workbench/harness/install';
import { measureHeat } from './heat';
import type { HostReport } from './host';
import type { LongestTasks } from './task-watch';
import { measureTyping, type Spread } from './typing';

const LARGE_UNITS = 5_000_000;
/** About 300 tokens of code. */
const CODE_UNITS = 1000;
/** A file that a program wrote. */
const ONE_LINE_UNITS = 300_000;

/** An extension of the editor's own reads the whole text at every keystroke. */
const SETTINGS = { 'merge-conflict.codeLens.enabled': false, 'merge-conflict.decorators.enabled': false };

installWorkbench();
const sample = readFileSync('package-lock.json', 'utf8') + readFileSync('README.md', 'utf8');
const large = sample.repeat(Math.ceil(LARGE_UNITS / sample.length)).slice(0, LARGE_UNITS);
const files = { 'one.txt': large, 'two.txt': large, 'small.txt': 'The mouse ate the cheese.' };
const { load, activate, starting, without, bands } = (await runInExtensionHost('bench/editor/host.ts', {
  files,
  settings: SETTINGS,
})) as HostReport;
const typing = await measureTyping(large, [60_000, 1], SETTINGS);
const oneLine = sample.replaceAll(/\s+/g, ' ').slice(0, ONE_LINE_UNITS);
const inOneLine = await measureTyping(oneLine, [1, 5000], SETTINGS);
const heat = await measureHeat(readFileSync('scripts/build.mjs', 'utf8').slice(0, CODE_UNITS));
const ms = (value: number) => `${value.toFixed(1)} ms`;
console.log(`
| longest task of the extension host, and of it Vitrine's own | with bands | without |
|-|-|-|
${row('while 5 MB are opened', bands.opening, without.opening, tasks)}
${row('while one types in them', bands.typing, without.typing, tasks)}
${row('while the vocabulary is loaded', starting, undefined, tasks)}

| typing in 5 MB, median and 95th percentile | with bands | without |
|-|-|-|
${typingRows(typing)}

| typing in one line of 300 KB, median and 95th percentile | with bands | without |
|-|-|-|
${typingRows(inOneLine)}

Loading the extension's code ${ms(load)}, activating it ${ms(activate)}. Tasks are in time that the thread computed.
About 300 tokens of code are coloured ${heat.toFixed(2)} s after the command, with a warm engine.`);

function typingRows({ bands, without }: Awaited<ReturnType<typeof measureTyping>>): string {
  return [
    row('from a key until its letter is painted', bands.text, without.text, spread),
    row('from a key until nothing more is painted', bands.all, without.all, spread),
    row("what the window's thread computes a key", bands.work, without.work, ms),
  ].join('\n');
}

function row<T>(what: string, withBands: T, withoutBands: T | undefined, show: (value: T) => string): string {
  return `| ${what} | ${show(withBands)} | ${withoutBands === undefined ? '' : show(withoutBands)} |`;
}

function tasks({ any, own }: LongestTasks): string {
  return `${ms(any)}, ${ms(own)}`;
}

function spread({ median, p95 }: Spread): string {
  return `${ms(median)}, ${ms(p95)}`;
}
