import * as vscode from 'vscode';
import { modelServer } from '../../remote/model-server';
import { errorText } from '../error-text';
import type { ServerKeys } from './server-keys';

/**
 * Asks for the key of a server.
 *
 * @param why it is asked for
 * @returns undefined where a person gives none
 */
export async function askForKey(address: string, why: string): Promise<string | undefined> {
  const { t } = vscode.l10n;
  const { host } = modelServer({ address, fetch });
  const key = await vscode.window.showInputBox({
    title: t('The key of {0}', host),
    prompt: t('{0} It is kept in the editor’s store of secrets and sent to {1} only.', why, host),
    password: true,
    ignoreFocusOut: true,
    validateInput: (given) => faultOf(address, given),
  });
  return key?.trim() || undefined;
}

/** Asks for another key of a server. @returns whether there is one now */
export async function replaceKey(keys: ServerKeys, address: string): Promise<boolean> {
  const key = await askForKey(address, vscode.l10n.t('The one that is kept is replaced.'));
  if (key !== undefined) await keys.keep(address, key);
  return key !== undefined;
}

function faultOf(address: string, key: string): string | undefined {
  try {
    modelServer({ address, key, fetch });
    return undefined;
  } catch (error) {
    return errorText(error);
  }
}
