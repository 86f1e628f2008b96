import * as vscode from 'vscode';

/** Where the examples are that are installed, and their copies. */
export interface ExampleFolders {
  installed: vscode.Uri;
  copies: vscode.Uri;
}

export function exampleFolders({ extension, extensionUri, globalStorageUri }: vscode.ExtensionContext): ExampleFolders {
  return {
    installed: vscode.Uri.joinPath(extensionUri, 'examples'),
    copies: vscode.Uri.joinPath(globalStorageUri, 'examples', String(extension.packageJSON.version)),
  };
}

/** Opens a copy that can be edited: what is installed stays as it is. Each time it begins as it is installed, but for what nobody has saved. */
export async function openCopy(
  { installed, copies }: ExampleFolders,
  name: string,
  options: vscode.TextDocumentShowOptions,
): Promise<vscode.TextEditor> {
  const copy = vscode.Uri.joinPath(copies, name);
  if (!isDirty(copy)) {
    // To copy over it would delete it first, and so close its editors.
    const content = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(installed, name));
    await vscode.workspace.fs.writeFile(copy, content);
  }
  const editor = await vscode.window.showTextDocument(copy, options);
  // The editor may have it open as it was before it was written anew. The command is for the editor in front, which may be another.
  const isInFront = vscode.window.activeTextEditor === editor;
  if (isInFront && !editor.document.isDirty) await vscode.commands.executeCommand('workbench.action.files.revert');
  return editor;
}

const isDirty = (uri: vscode.Uri): boolean =>
  vscode.workspace.textDocuments.some((document) => document.isDirty && document.uri.toString() === uri.toString());
