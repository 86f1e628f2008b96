import * as vscode from 'vscode';
import { VitrineError } from '../../shared/errors';
import type { EngineHost } from '../engine/engine-host';
import { errorText } from '../error-text';
import { ollamaName } from '../found-models/ollama';
import { changeSetting, settings } from '../settings';
import { useModel } from './choose-model';

/**
 * Loads a model's file or folder. Any file of a Hugging Face folder stands for the folder. An adapter is offered to be merged
 * into the model in use.
 *
 * @param path asked for where it is not given
 */
export async function openModelFile(host: EngineHost, path: unknown): Promise<void> {
  const chosen = typeof path === 'string' ? path : await askForFile();
  if (chosen === undefined) return;
  try {
    await useModel(host, chosen);
  } catch (error) {
    if (!(error instanceof VitrineError && error.code === 'model.adapter')) throw error;
    const asAdapter = vscode.l10n.t('Use as Adapter');
    if ((await vscode.window.showWarningMessage(errorText(error), asAdapter)) === asAdapter)
      await useAdapter(host, chosen);
  }
}

/** Merges an adapter into the model in use. What does not fit it is not kept. */
async function useAdapter(host: EngineHost, path: string): Promise<void> {
  const before = settings.adapter();
  await changeSetting('adapter', path);
  try {
    await host.use();
  } catch (error) {
    await changeSetting('adapter', before);
    throw error;
  }
}

async function askForFile(): Promise<string | undefined> {
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
