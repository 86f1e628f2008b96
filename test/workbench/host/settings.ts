import { join } from 'node:path';
import * as vscode from 'vscode';
import type { VitrineApi, VitrineSelection } from '../../../src/extension/api/vitrine';
import { childrenOf, until } from '../../support/processes';
import { messageOf, openedFolder, reporting } from './report';

const NUMBER = 'In 327 days';
const CURSOR = NUMBER.indexOf('2');

export type SettingsReport = Awaited<ReturnType<typeof report>>;

/** What comes of a setting that is changed, at once and without a restart, and whose keys the default ones are. */
async function report() {
  const api: VitrineApi | undefined = await vscode.extensions.getExtension<VitrineApi>('vitrine.vitrine')?.activate();
  if (!api) throw new Error('the extension is not there');
  const editor = await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content: NUMBER }));
  return {
    bands: await tokenAfter(api, editor, 'bands', true),
    tokenizer: await tokenAfter(api, editor, 'tokenizer', 'o200k_base'),
    whole: (await api.probabilities('word '.repeat(40))).length,
    limited: await withSetting('contextLimit', 16, () => messageOf(api.probabilities('word '.repeat(40)))),
    oneThread: await withSetting('threads', 1, async () => (await api.probabilities('The mouse')).length),
    noModel: await withSetting('model', '/no/such/model.gguf', () => messageOf(api.probabilities('The mouse'))),
    noProvider: await withSetting('provider', 'coreml', () => messageOf(api.probabilities('The mouse'))),
    noCache: await withSetting('cacheFolder', join(openedFolder(), 'file.txt/cache'), () =>
      messageOf(api.probabilities('The mouse')),
    ),
    relativeCache: await withSetting('cacheFolder', 'my/cache', () => messageOf(api.probabilities('The mouse'))),
    unloaded: await withSetting('idleUnloadMinutes', 0.01, async () => {
      await api.probabilities('The mouse');
      await until(() => childrenOf(process.pid, 'dist/engine.js').length === 0, 'the engine has ended');
      return (await api.probabilities('The mouse')).length;
    }),
    again: (await api.probabilities('The mouse')).length,
    keys: await commandsOfKeys(),
  };
}

export const run = reporting(report);

/** The text of the token that is told of at the cursor once a setting is changed. */
async function tokenAfter(api: VitrineApi, editor: vscode.TextEditor, name: string, value: unknown): Promise<string> {
  const told = new Promise<VitrineSelection>((resolve) => {
    const listening = api.onDidChangeSelection((selection) => {
      if (selection.token.start === 0) return;
      listening.dispose();
      resolve(selection);
    });
  });
  editor.selection = new vscode.Selection(0, CURSOR, 0, CURSOR);
  await change(name, value);
  const { start, end } = (await told).token;
  return editor.document.getText().slice(start, end);
}

async function withSetting<T>(name: string, value: unknown, work: () => Promise<T>): Promise<T> {
  await change(name, value);
  try {
    return await work();
  } finally {
    await change(name, undefined);
  }
}

const change = (name: string, value: unknown) =>
  vscode.workspace.getConfiguration('vitrine').update(name, value, vscode.ConfigurationTarget.Global);

/** Of every default key, the commands that it gives; what the editor itself has, and what extensions add. */
async function commandsOfKeys(): Promise<Record<string, string[]>> {
  await vscode.commands.executeCommand('workbench.action.openDefaultKeybindingsFile');
  const keys: Record<string, string[]> = {};
  for (const [, key = '', command = ''] of (await defaultKeys()).matchAll(
    /"key": "([^"]+)",\s+"command": "([^"]+)"/g,
  )) {
    keys[key] = [...(keys[key] ?? []), command];
  }
  return keys;
}

/** The document with them, which is shown a while after the command. */
async function defaultKeys(): Promise<string> {
  const text = () => vscode.window.activeTextEditor?.document.getText() ?? '';
  await until(() => text().includes('"vitrine.'), 'the default keys are shown');
  return text();
}
