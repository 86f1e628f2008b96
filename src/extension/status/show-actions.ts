import * as vscode from 'vscode';
import { absence, type Capability } from '../../shared/capabilities';
import type { ModelInfo } from '../../shared/engine-api';
import { isDatasetFile } from '../dataset-list/dataset-files';
import type { EngineState } from '../engine/engine-host';
import { sentenceText } from '../error-text';
import type { ReadingMode } from '../readings/reading';
import type { Services } from '../services';
import { headsOff, steered } from './model-changes';
import { modeText, troubleOf } from './status-text';

type Action = vscode.QuickPickItem & { command?: string };

/** What people usually want, behind the status item. */
export async function showActions(services: Services): Promise<void> {
  const { readings, host } = services;
  const items = [
    ...remedy(host.state, services.server),
    ...switchOn(readings.ablated),
    ...stopSteering(readings.steering),
    ...actions(services),
  ];
  const chosen = await vscode.window.showQuickPick(items, { title: 'Vitrine' });
  if (chosen?.command) await vscode.commands.executeCommand(chosen.command);
}

/** What mends an engine that has stopped or does not answer, which is then wanted first. */
function remedy(state: EngineState, server: Services['server']): Action[] {
  const { t } = vscode.l10n;
  const detail = troubleOf(state, t);
  if (detail === undefined) return [];
  const label = server.current ? `$(plug) ${t('Connect Again')}` : `$(debug-restart) ${t('Restart Engine')}`;
  return [{ label, detail, command: 'vitrine.restartEngine' }];
}

/** Whoever wonders at numbers looks here. */
function switchOn(ablated: Services['readings']['ablated']): Action[] {
  const { t } = vscode.l10n;
  const off = headsOff(ablated, t);
  if (!off) return [];
  return [{ label: `$(circle-slash) ${t('Switch All Heads On')}`, description: off, command: 'vitrine.switchHeadsOn' }];
}

function stopSteering(steering: Services['readings']['steering']): Action[] {
  const { t } = vscode.l10n;
  const description = steered(steering, t);
  if (!description) return [];
  return [{ label: `$(circle-slash) ${t('Stop Steering')}`, description, command: 'vitrine.stopSteering' }];
}

function actions(services: Services): Action[] {
  const { readings, comparison, chats, host, activeText } = services;
  const { document } = activeText;
  const { t } = vscode.l10n;
  const isComparing = comparison.choice !== undefined;
  return [
    { label: `$(inspect) ${t('Inspect Selection')}`, command: 'vitrine.inspectSelection' },
    separator(t('Show in the text')),
    { label: `$(symbol-color) ${t('Toggle Token Bands')}`, command: 'vitrine.toggleBands' },
    { label: `$(flame) ${t('Colour by Surprisal')}`, command: 'vitrine.colourBySurprisal' },
    ...(isComparing ? [{ label: `$(diff) ${t('Colour by Difference')}`, command: 'vitrine.colourByDifference' }] : []),
    {
      label: `$(telescope) ${t('Attention From Cursor')}`,
      command: 'vitrine.attentionFromCursor',
      ...absent(host.model, 'hasAttention'),
    },
    {
      label: `$(question) ${t('Why This Token')}`,
      command: 'vitrine.whyThisToken',
      ...absent(host.model, 'hasResidualStream'),
    },
    { label: `$(clear-all) ${t('Clear Decorations')}`, command: 'vitrine.clearDecorations' },
    ...conversations(chats, document),
    separator(t('Selections')),
    readingMode(readings.mode),
    { label: `$(symbol-number) ${t('Count Tokens')}`, command: 'vitrine.countTokens' },
    { label: `$(copy) ${t('Copy Tokens As…')}`, command: 'vitrine.copyTokensAs' },
    separator(t('Two models')),
    { label: `$(git-compare) ${t('Compare With…')}`, command: 'vitrine.compareWith' },
    ...(isComparing ? [{ label: `$(close) ${t('Stop Comparing')}`, command: 'vitrine.stopComparing' }] : []),
    separator(t('The model')),
    ...server(services),
    { label: `$(package) ${t('Choose Model…')}`, command: 'vitrine.chooseModel' },
    { label: `$(cloud-download) ${t('Get a Model…')}`, command: 'vitrine.getModel' },
    { label: `$(symbol-text) ${t('Choose Tokenizer…')}`, command: 'vitrine.chooseTokenizer' },
    ...(services.server.current
      ? [{ label: `$(plug) ${t('Connect Again')}`, command: 'vitrine.restartEngine' }]
      : [
          { label: `$(chip) ${t('Choose Execution Provider…')}`, command: 'vitrine.chooseProvider' },
          { label: `$(debug-restart) ${t('Restart Engine')}`, command: 'vitrine.restartEngine' },
        ]),
    { label: `$(output) ${t('Show Log')}`, command: 'vitrine.showLog' },
    separator(t('Read on')),
    { label: `$(book) ${t('Open Documentation…')}`, command: 'vitrine.openDocumentation' },
  ];
}

/** The sentence for what the model in use does not give. */
function absent(model: ModelInfo | undefined, capability: Capability): Pick<Action, 'detail'> {
  if (!model || model.capabilities[capability]) return {};
  return { detail: sentenceText(absence(capability, model.name)) };
}

function server({ server: chosen, comparison }: Services): Action[] {
  const { t } = vscode.l10n;
  const connect = { label: `$(server) ${t('Connect to a Server…')}`, command: 'vitrine.connectToServer' };
  const isCompared = comparison.b?.host.model?.server !== undefined;
  if (!chosen.current && !isCompared) return [connect];
  const local = { label: `$(device-desktop) ${t('Use the Model on This Machine')}`, command: 'vitrine.useLocalModel' };
  return [local, chosen.current ? { ...connect, description: t('now: {0}', chosen.current.host) } : connect];
}

/** Where there are any in the text in front. */
function conversations(chats: Services['chats'], document: vscode.TextDocument | undefined): Action[] {
  const { t } = vscode.l10n;
  const isApart = document !== undefined && chats.isApart(document);
  const isChat = document !== undefined && chats.isChat(document);
  const chat = {
    label: isApart ? `$(list-flat) ${t('Read as Plain Text')}` : `$(comment-discussion) ${t('Read as Chat')}`,
    command: 'vitrine.readAsChat',
  };
  const list = { label: `$(list-unordered) ${t('Open as Data Set')}`, command: 'vitrine.openAsDataSet' };
  const items = [...(isApart || isChat ? [chat] : []), ...(isListable() ? [list] : [])];
  return items.length > 0 ? [separator(t('Conversations')), ...items] : [];
}

/** Also of one that is too large for the editor; what is a list already is no text. */
function isListable(): boolean {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputText && isDatasetFile(input.uri);
}

function readingMode(mode: ReadingMode): Action {
  const { t } = vscode.l10n;
  const other = mode === 'withTextBefore' ? t('Read Selections Alone') : t('Read Selections With the Text Before');
  return {
    label: `$(arrow-swap) ${other}`,
    description: t('now: {0}', modeText(mode, t)),
    command: 'vitrine.toggleReadingMode',
  };
}

function separator(label: string): Action {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}
