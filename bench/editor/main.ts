/**
 * The editor with Vitrine, in a real workbench: how long the extension host is held up while a file of 5 MB is opened and
 * typed in, with bands and without, and how soon colours are on screen. Prints a table in Markdown.
 */
import { readFileSync } from 'node:fs';
import { runInExtensionHost } from '../../test/workbench/harness/extension-host';
import { installWorkbench } from '../../test/workbench/harness/install';
import { measureHeat } from './heat';
import type { HostReport } from './host';

const LARGE_UNITS = 5_000_000;
/** About 300 tokens of code. */
const CODE_UNITS = 1000;

/** An extension of the editor's own reads the whole text at every keystroke. */
const SETTINGS = { 'merge-conflict.codeLens.enabled': false, 'merge-conflict.decorators.enabled': false };

installWorkbench();
const { load, activate, longestTaskStarting, without, bands } = await measureHost();
const heat = await measureHeat(readFileSync('scripts/build.mjs', 'utf8').slice(0, CODE_UNITS));
const ms = (value: number) => `${value.toFixed(1)} ms`;
console.log(`
| | with bands | without | ratio |
|-|-|-|-|
${row('longest task while 5 MB are opened', bands.longestTaskOpening, without.longestTaskOpening)}
${row('longest task while one types in them', bands.longestTaskTyping, without.longestTaskTyping)}
${row('a keystroke, from the command to its end', bands.keystroke, without.keystroke)}

Loading the extension's code ${ms(load)}, activating it ${ms(activate)}; the longest task while the engine starts and its
vocabulary is loaded ${ms(longestTaskStarting)}. Tasks are in the extension host, in time that its thread computed.
About 300 tokens of code are coloured ${heat.toFixed(2)} s after the command, with a warm engine.`);

async function measureHost(): Promise<HostReport> {
  const sample = readFileSync('package-lock.json', 'utf8') + readFileSync('README.md', 'utf8');
  const large = sample.repeat(Math.ceil(LARGE_UNITS / sample.length)).slice(0, LARGE_UNITS);
  const files = { 'one.txt': large, 'two.txt': large, 'small.txt': 'The mouse ate the cheese.' };
  return (await runInExtensionHost('bench/editor/host.ts', { files, settings: SETTINGS })) as HostReport;
}

function row(what: string, bands: number, without: number): string {
  return `| ${what} | ${ms(bands)} | ${ms(without)} | ${(bands / without).toFixed(2)} |`;
}
