import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { REPORT } from '../harness/report-name';

/** The folder that is opened. */
export function openedFolder(): string {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (!folder) throw new Error('no folder is open');
  return folder.uri.fsPath;
}

/** What the editor runs in its extension host: some work whose result, as JSON, goes to the test that started it. */
export function reporting(work: () => Promise<unknown>): () => Promise<void> {
  return async () => writeFileSync(join(openedFolder(), REPORT), JSON.stringify(await work()));
}

/** The sentence with which something fails. */
export const messageOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no error',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
