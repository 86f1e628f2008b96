import * as vscode from 'vscode';
import { VitrineError } from '../../shared/errors';
import type { EngineHost } from '../engine/engine-host';
import { errorText } from '../error-text';
import { changeSetting, settings } from '../settings';
import { askForFile } from './ask-for-file';
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
  host.leaveServer();
  await changeSetting('adapter', path);
  try {
    await host.use();
  } catch (error) {
    await changeSetting('adapter', before);
    throw error;
  }
}
