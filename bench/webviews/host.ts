import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as vscode from 'vscode';
import { openedFolder, reporting } from '../../test/workbench/host/report';

const FEW = 20;
const MANY = 200;
const MEGABYTE = 2 ** 20;

export interface OpeningReport {
  /** Megabytes of the extension host's heap after a collection, when the inspector has been opened and closed so often. */
  few: number;
  many: number;
}

export const run = reporting(async (): Promise<OpeningReport> => {
  const uri = vscode.Uri.file(join(openedFolder(), 'text.txt'));
  await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.One });
  let few = 0;
  for (let i = 0; i < MANY; i++) {
    await openAndClose(uri);
    if (i + 1 === FEW) few = heap();
  }
  return { few, many: heap() };
});

async function openAndClose(uri: vscode.Uri): Promise<void> {
  await vscode.commands.executeCommand('vitrine.inspectSelection');
  for (const group of vscode.window.tabGroups.all) {
    await vscode.window.tabGroups.close(group.tabs.filter(({ input }) => input instanceof vscode.TabInputWebview));
  }
  await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.One });
}

function heap(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed / MEGABYTE;
}
