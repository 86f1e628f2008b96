import * as vscode from 'vscode';
import type { EngineState } from '../engine/engine-host';
import type { ReadingMode } from '../readings/reading';
import type { Services } from '../services';
import { headsOff, steered } from './model-changes';
import { modeText, troubleOf } from './status-text';

type Action = vscode.QuickPickItem & { command?: string };

/** What people usually want, behind the status item. */
export async function showActions({ readings, host }: Services): Promise<void> {
  const items = [
    ...remedy(host.state),
    ...switchOn(readings.ablated),
    ...stopSteering(readings.steering),
    ...actions(readings.mode),
  ];
  const chosen = await vscode.window.showQuickPick(items, { title: 'Vitrine' });
  if (chosen?.command) await vscode.commands.executeCommand(chosen.command);
}

/** What mends an engine that has stopped or does not answer, which is then wanted first. */
function remedy(state: EngineState): Action[] {
  const detail = troubleOf(state, vscode.l10n.t);
  if (detail === undefined) return [];
  const label = `$(debug-restart) ${vscode.l10n.t('Restart Engine')}`;
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

function actions(mode: ReadingMode): Action[] {
  const { t } = vscode.l10n;
  return [
    { label: `$(inspect) ${t('Inspect Selection')}`, command: 'vitrine.inspectSelection' },
    separator(t('Show in the text')),
    { label: `$(symbol-color) ${t('Toggle Token Bands')}`, command: 'vitrine.toggleBands' },
    { label: `$(flame) ${t('Colour by Surprisal')}`, command: 'vitrine.colourBySurprisal' },
    { label: `$(telescope) ${t('Attention From Cursor')}`, command: 'vitrine.attentionFromCursor' },
    { label: `$(question) ${t('Why This Token')}`, command: 'vitrine.whyThisToken' },
    { label: `$(clear-all) ${t('Clear Decorations')}`, command: 'vitrine.clearDecorations' },
    separator(t('Selections')),
    readingMode(mode),
    { label: `$(symbol-number) ${t('Count Tokens')}`, command: 'vitrine.countTokens' },
    { label: `$(copy) ${t('Copy Tokens As…')}`, command: 'vitrine.copyTokensAs' },
    separator(t('The model')),
    { label: `$(package) ${t('Choose Model…')}`, command: 'vitrine.chooseModel' },
    { label: `$(cloud-download) ${t('Get a Model…')}`, command: 'vitrine.getModel' },
    { label: `$(symbol-text) ${t('Choose Tokenizer…')}`, command: 'vitrine.chooseTokenizer' },
    { label: `$(chip) ${t('Choose Execution Provider…')}`, command: 'vitrine.chooseProvider' },
    { label: `$(debug-restart) ${t('Restart Engine')}`, command: 'vitrine.restartEngine' },
    { label: `$(output) ${t('Show Log')}`, command: 'vitrine.showLog' },
    separator(t('Read on')),
    { label: `$(book) ${t('Open Documentation…')}`, command: 'vitrine.openDocumentation' },
  ];
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
