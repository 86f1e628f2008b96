import * as vscode from 'vscode';
import type { SavedFile } from '../shared/saved-file';

/** Asks where, and writes it there. @param suggested undefined where no place is better than others */
export async function saveFile({ content }: SavedFile, suggested: vscode.Uri | undefined): Promise<void> {
  const chosen = await vscode.window.showSaveDialog(suggested ? { defaultUri: suggested } : {});
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  if (chosen) await vscode.workspace.fs.writeFile(chosen, bytes);
}
