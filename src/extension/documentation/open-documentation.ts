import * as vscode from 'vscode';
import { registerCommand } from '../register-command';
import { type Document, documentList } from './document-list';

/** The command that opens a page of the documentation. It takes the page's file name, or else asks for it. */
export function registerDocumentation({ extensionUri }: vscode.ExtensionContext): vscode.Disposable {
  const folder = vscode.Uri.joinPath(extensionUri, 'docs');
  return registerCommand('vitrine.openDocumentation', async (wanted?: unknown) => {
    const documents = documentList(vscode.l10n.t);
    const file = documents.find((document) => document.file === wanted)?.file ?? (await choose(documents));
    if (file === undefined) return;
    // The editor's own preview, in which links between the pages lead on.
    await vscode.commands.executeCommand('markdown.showPreview', vscode.Uri.joinPath(folder, file));
  });
}

async function choose(documents: readonly Document[]): Promise<string | undefined> {
  const items = documents.map(({ file, about }) => ({ label: file, detail: about }));
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Choose a page') }))?.label;
}
