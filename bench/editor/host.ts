import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import * as vscode from 'vscode';
import { openedFolder, reporting } from '../../test/workbench/host/report';
import { TaskWatch } from './task-watch';

const KEYSTROKES = 100;
const TYPED = 'word ';
/** Long enough for a text of 5 MB to be read and encoded. */
const SETTLE_MS = 4000;

/** What opening a large file and typing in it was like for the extension host, in milliseconds. */
export interface Editing {
  longestTaskOpening: number;
  longestTaskTyping: number;
  /** From a keystroke's command to its end, in the median. */
  keystroke: number;
}

export interface HostReport {
  /** Milliseconds to load the extension's code, and until it is active. */
  load: number;
  activate: number;
  /** The longest task from the first command on: the engine starts, and its vocabulary becomes a tokenizer. */
  longestTaskStarting: number;
  without: Editing;
  bands: Editing;
}

export const run = reporting(async (): Promise<HostReport> => {
  const extension = vscode.extensions.getExtension('vitrine.vitrine');
  if (!extension) throw new Error('the extension is not there');
  const bundle = join(extension.extensionPath, 'dist/extension.cjs');
  const load = await timed(async () => createRequire(__filename)(bundle));
  const activate = await timed(() => extension.activate());
  const without = await edit('one.txt');
  // A vocabulary is loaded once, whatever is opened then.
  await open('small.txt');
  const starting = new TaskWatch();
  await vscode.commands.executeCommand('vitrine.toggleBands');
  starting.stop();
  const bands = await edit('two.txt');
  return { load, activate, longestTaskStarting: starting.longest, without, bands };
});

async function edit(name: string): Promise<Editing> {
  const opening = new TaskWatch();
  const editor = await open(name);
  await pause(SETTLE_MS);
  opening.stop();
  const middle = new vscode.Position(Math.floor(editor.document.lineCount / 2), 0);
  editor.selection = new vscode.Selection(middle, middle);
  editor.revealRange(editor.selection);
  await pause(SETTLE_MS);
  const typing = new TaskWatch();
  const keystrokes: number[] = [];
  for (let i = 0; i < KEYSTROKES; i++) {
    const text = TYPED.charAt(i % TYPED.length);
    keystrokes.push(await timed(() => vscode.commands.executeCommand('type', { text })));
    await pause(20);
  }
  await pause(SETTLE_MS);
  typing.stop();
  const keystroke = keystrokes.sort((a, b) => a - b)[KEYSTROKES / 2] ?? 0;
  return { longestTaskOpening: opening.longest, longestTaskTyping: typing.longest, keystroke };
}

async function open(name: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(vscode.Uri.file(join(openedFolder(), name)));
}

async function timed(work: () => PromiseLike<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
