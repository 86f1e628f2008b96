import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import * as vscode from 'vscode';
import { openedFolder, reporting } from '../../test/workbench/host/report';
import { type LongestTasks, TaskWatch } from './task-watch';

const KEYSTROKES = 100;
const PAUSE_MS = 20;
const TYPED = 'word ';
/** Long enough for a text of 5 MB to be read and encoded. */
const SETTLE_MS = 4000;

/** The longest tasks of the extension host while a large file was opened, and while one typed in it. */
export interface Editing {
  opening: LongestTasks;
  typing: LongestTasks;
}

export interface HostReport {
  /** Milliseconds to load the extension's code, and until it is active. */
  load: number;
  activate: number;
  /** From the first command on: the vocabulary is read from the model's file, and becomes a tokenizer. */
  starting: LongestTasks;
  without: Editing;
  bands: Editing;
}

export const run = reporting(async (): Promise<HostReport> => {
  const extension = vscode.extensions.getExtension('vitrine.vitrine');
  if (!extension) throw new Error('the extension is not there');
  const bundle = join(extension.extensionPath, 'dist/extension.cjs');
  const require = createRequire(__filename);
  const load = await timed(async () => require(bundle));
  const activate = await timeOfActivate(require, bundle, extension);
  const without = await edit('one.txt');
  // A vocabulary is loaded once, whatever is opened then.
  await open('small.txt');
  const watch = await TaskWatch.start();
  await vscode.commands.executeCommand('vitrine.toggleBands');
  const starting = await watch.stop();
  const bands = await edit('two.txt');
  return { load, activate, starting, without, bands };
});

/** Milliseconds of the extension's own function, without what the editor does before and after it. */
async function timeOfActivate(
  require: NodeJS.Require,
  bundle: string,
  extension: vscode.Extension<unknown>,
): Promise<number> {
  const loaded = require.cache[bundle];
  if (!loaded) throw new Error('the extension is not loaded');
  const { activate, ...rest } = loaded.exports;
  let own = 0;
  loaded.exports = {
    ...rest,
    activate: (context: unknown) => {
      const start = performance.now();
      const api = activate(context);
      own = performance.now() - start;
      return api;
    },
  };
  await extension.activate();
  return own;
}

async function edit(name: string): Promise<Editing> {
  const whileOpening = await TaskWatch.start();
  const editor = await open(name);
  await pause(SETTLE_MS);
  const opening = await whileOpening.stop();
  const middle = new vscode.Position(Math.floor(editor.document.lineCount / 2), 0);
  editor.selection = new vscode.Selection(middle, middle);
  editor.revealRange(editor.selection);
  await pause(SETTLE_MS);
  const whileTyping = await TaskWatch.start();
  for (let i = 0; i < KEYSTROKES; i++) {
    await vscode.commands.executeCommand('type', { text: TYPED.charAt(i % TYPED.length) });
    await pause(PAUSE_MS);
  }
  await pause(SETTLE_MS);
  return { opening, typing: await whileTyping.stop() };
}

async function open(name: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(vscode.Uri.file(join(openedFolder(), name)));
}

async function timed(work: () => PromiseLike<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
