import * as vscode from 'vscode';
import type { SettingName } from './settings';

/** A command that may mend an error. */
export interface ErrorAction {
  title: string;
  command: string;
  arguments?: unknown[];
}

/** What may mend each trouble with a server; of others one may connect again. */
const SERVER_ACTIONS: Readonly<Record<string, () => ErrorAction>> = {
  'server.address': connectToServer,
  'server.consent': connectToServer,
  'server.endless': connectToServer,
  'server.forbidden': forgetServers,
  'server.insecure': connectToServer,
  'server.key': giveKey,
  'server.model': connectToServer,
  'server.noModel': connectToServer,
  'server.none': connectToServer,
  'server.nonsense': connectToServer,
  'server.noVocabulary': chooseServerVocabulary,
  'server.outputOnly': connectToServer,
  'server.places': chooseServerVocabulary,
  'server.redirect': connectToServer,
  'server.refused': showLog,
  'server.setting': openServers,
  'server.untrusted': manageTrust,
  'server.vocabulary': chooseServerVocabulary,
};

/** @param isOfCompared whether the server has the other model: it is chosen where that is */
export function serverAction(code: string, isOfCompared: boolean): ErrorAction {
  const action = SERVER_ACTIONS[code];
  if (!action) return { title: vscode.l10n.t('Connect Again'), command: 'vitrine.restartEngine' };
  return isOfCompared ? compareWith() : action();
}

export function useLocalModel(): ErrorAction {
  return { title: vscode.l10n.t('Use the Model on This Machine'), command: 'vitrine.useLocalModel' };
}

export function compareWith(): ErrorAction {
  return { title: vscode.l10n.t('Compare With…'), command: 'vitrine.compareWith' };
}

export function showLog(): ErrorAction {
  return { title: vscode.l10n.t('Show Log'), command: 'vitrine.showLog' };
}

/** A setting of the machine that the extension runs on. */
export function openMachineSetting(title: string, name: SettingName | 'servers'): ErrorAction {
  // Of a machine elsewhere it is not among the user's own.
  const whose = vscode.env.remoteName === undefined ? 'openSettings' : 'openRemoteSettings';
  return { title, command: `workbench.action.${whose}`, arguments: [{ query: `@id:vitrine.${name}` }] };
}

function connectToServer(): ErrorAction {
  return { title: vscode.l10n.t('Connect to a Server…'), command: 'vitrine.connectToServer' };
}

function giveKey(): ErrorAction {
  return { title: vscode.l10n.t('Give a Key…'), command: 'vitrine.giveServerKey' };
}

function chooseServerVocabulary(): ErrorAction {
  return { title: vscode.l10n.t('Choose the Tokenizer…'), command: 'vitrine.chooseServerVocabulary' };
}

function forgetServers(): ErrorAction {
  return { title: vscode.l10n.t('Forget Server Keys and Consents…'), command: 'vitrine.forgetServers' };
}

function openServers(): ErrorAction {
  return openMachineSetting(vscode.l10n.t('Open Settings'), 'servers');
}

function manageTrust(): ErrorAction {
  return { title: vscode.l10n.t('Manage Workspace Trust'), command: 'workbench.trust.manage' };
}
