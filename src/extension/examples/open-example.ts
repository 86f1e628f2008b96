import * as vscode from 'vscode';
import { registerCommand } from '../register-command';

/**
 * The command that opens one of the stories that come with Vitrine. It takes the story's file name, or else asks for it, and
 * commands that show something in it at once.
 */
export function registerExamples({ extensionUri }: vscode.ExtensionContext): vscode.Disposable {
  const folder = vscode.Uri.joinPath(extensionUri, 'examples');
  return registerCommand('vitrine.openExample', async (wanted?: unknown, ...commands: unknown[]) => {
    const files = await vscode.workspace.fs.readDirectory(folder);
    const names = files.map(([name]) => name).sort();
    const name = names.find((known) => known === wanted) ?? (await choose(names));
    if (name !== undefined) await open(vscode.Uri.joinPath(folder, name), commands);
  });
}

function choose(names: string[]): Thenable<string | undefined> {
  return vscode.window.showQuickPick(names, { title: vscode.l10n.t('Choose an example') });
}

/** Beside what asks for it, with the cursor in the first line's last word. */
async function open(uri: vscode.Uri, commands: readonly unknown[]): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  const cursor = new vscode.Position(0, Math.max(0, document.lineAt(0).text.length - 2));
  const selection = new vscode.Range(cursor, cursor);
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preview: false, selection });
  // The commands that show something take it away where it is shown already.
  await vscode.commands.executeCommand('vitrine.clearDecorations');
  for (const command of commands) await vscode.commands.executeCommand(String(command));
}
