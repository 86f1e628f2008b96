import * as vscode from 'vscode';
import { ollamaName } from '../found-models/ollama';
import { settings } from '../settings';

/** Asks for a model's file or folder, by its path. */
export async function askForFile(): Promise<string | undefined> {
  const { t } = vscode.l10n;
  const current = settings.model();
  const chosen = await vscode.window.showOpenDialog({
    title: t('Choose a GGUF file, or a Hugging Face folder or its config.json'),
    openLabel: t('Open Model'),
    canSelectFiles: true,
    canSelectFolders: takesBoth(),
    filters: { [t('Models')]: ['gguf', 'safetensors', 'json'], [t('All Files')]: ['*'] },
    ...(current && ollamaName(current) === undefined ? { defaultUri: vscode.Uri.file(current) } : {}),
  });
  return chosen?.[0]?.fsPath;
}

/** The system's own dialogs take files or folders, but for that of macOS; the editor's, elsewhere than on the desktop, takes both. */
function takesBoth(): boolean {
  const isEditors = vscode.env.remoteName !== undefined || vscode.env.uiKind === vscode.UIKind.Web;
  return isEditors || process.platform === 'darwin';
}
