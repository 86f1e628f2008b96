/**
 * How soon a keystroke is painted in one line of 300 KB, as programs write them, with bands and without, in a real
 * workbench: `--wrap` where the editor wraps it. Prints a table in Markdown.
 */
import { readFileSync } from 'node:fs';
import { installWorkbench, workbenchVersion } from '../../test/workbench/harness/install';
import { machine } from '../machine';
import { report } from '../report';
import { typingTable } from './tables';
import { measureTyping, SETTINGS } from './typing';

const UNITS = 300_000;
const COLUMN = 5000;

installWorkbench();
const sample = readFileSync('package-lock.json', 'utf8').replaceAll(/\s+/g, ' ');
const line = sample.repeat(Math.ceil(UNITS / sample.length)).slice(0, UNITS);
const isWrapped = process.argv.includes('--wrap');
const wordWrap = isWrapped ? 'on' : 'off';
const typing = await measureTyping(line, [1, COLUMN], { ...SETTINGS, 'editor.wordWrap': wordWrap });
const what = `typing in one line of ${line.length / 1000} KB${isWrapped ? ', wrapped' : ''}`;
report(
  isWrapped ? 'long-line-wrapped' : 'long-line',
  typingTable(what, 'with bands', typing),
  machine(workbenchVersion()),
);
