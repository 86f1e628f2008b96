import * as vscode from 'vscode';
import { registerCommand } from '../register-command';
import { spokenLanguage } from '../spoken-language';
import { type Example, exampleList } from './example-list';

/** What these show begins at the token under the cursor. */
const FROM_CURSOR: readonly unknown[] = [
  'vitrine.attentionFromCursor',
  'vitrine.inspectSelection',
  'vitrine.tokens.focus',
];

/**
 * The command that opens one of the examples that come with Vitrine. It takes the example's file name, or else asks for it, and
 * commands that show something in it at once.
 */
export function registerExamples({
  extension,
  extensionUri,
  globalStorageUri,
}: vscode.ExtensionContext): vscode.Disposable {
  const folder = vscode.Uri.joinPath(extensionUri, 'examples');
  const copies = vscode.Uri.joinPath(globalStorageUri, 'examples', String(extension.packageJSON.version));
  return registerCommand('vitrine.openExample', async (wanted?: unknown, ...commands: unknown[]) => {
    const examples = exampleList(vscode.l10n.t, spokenLanguage());
    const name = examples.find(({ file }) => file === wanted)?.file ?? (await choose(examples));
    if (name !== undefined) await open(await copyOf(name, folder, copies), commands);
  });
}

/** A person's own copy, which can be edited: what is installed stays as it is. */
async function copyOf(name: string, folder: vscode.Uri, copies: vscode.Uri): Promise<vscode.Uri> {
  const copy = vscode.Uri.joinPath(copies, name);
  try {
    await vscode.workspace.fs.copy(vscode.Uri.joinPath(folder, name), copy);
  } catch (error) {
    if (!(error instanceof vscode.FileSystemError && error.code === 'FileExists')) throw error;
  }
  return copy;
}

async function choose(examples: readonly Example[]): Promise<string | undefined> {
  const items = examples.map(({ file, about }) => ({ label: file, detail: about }));
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Choose an example') }))?.label;
}

/** In front; or with what is to be shown in it, beside the walkthrough that asks for that. */
async function open(uri: vscode.Uri, commands: readonly unknown[]): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  const viewColumn = vscode.ViewColumn[commands.length > 0 ? 'Beside' : 'Active'];
  const cursor = commands.some((command) => FROM_CURSOR.includes(command)) ? lastWord(document) : lineEnd(document);
  const selection = new vscode.Range(cursor, cursor);
  await vscode.window.showTextDocument(document, { viewColumn, preview: false, selection });
  // The commands that show something take it away where it is shown already.
  if (commands.length > 0) await vscode.commands.executeCommand('vitrine.clearDecorations');
  for (const command of commands) await vscode.commands.executeCommand(String(command));
}

/** In the first line's last word. */
function lastWord(document: vscode.TextDocument): vscode.Position {
  return new vscode.Position(0, Math.max(0, document.lineAt(0).text.length - 2));
}

/** Where the editor marks no word that the cursor is on: the marks would hide the colours. */
const lineEnd = (document: vscode.TextDocument): vscode.Position => document.lineAt(0).range.end;
