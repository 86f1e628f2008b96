import * as vscode from 'vscode';
import { formatBytes } from '../../display/format-bytes';
import type { Choice } from '../../hub/choices';
import { type Free, obstacleOf } from '../../hub/plan';
import type { Repository } from '../../hub/repository';
import { sentenceText } from '../error-text';

/** Lets a person choose what to get of a model, where there is a choice: with sizes, and what does not fit this machine. */
export async function pickChoice(
  { name }: Repository,
  choices: readonly Choice[],
  free: Free,
): Promise<Choice | undefined> {
  if (choices.length === 1) return choices[0];
  const items = choices.map((choice) => ({ ...itemOf(choice, free), choice }));
  const options = { title: vscode.l10n.t('Get a file of {0}', name), matchOnDetail: true };
  return (await vscode.window.showQuickPick(items, options))?.choice;
}

function itemOf(choice: Choice, free: Free): vscode.QuickPickItem {
  const obstacle = obstacleOf(choice, free);
  return {
    label: `$(${obstacle ? 'warning' : choice.kind === 'folder' ? 'folder' : 'file'}) ${choice.name}`,
    description: formatBytes(choice.bytes),
    ...(obstacle ? { detail: sentenceText(obstacle) } : {}),
  };
}
