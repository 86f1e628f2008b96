import * as vscode from 'vscode';
import { startingPoints } from '../../../models/starting-points';
import { modelNameOf } from '../../hub/names';
import { languageNames } from '../language-names';

/** `name` is for the hub: OWNER/NAME or OWNER/NAME:FILE. */
type NameItem = vscode.QuickPickItem & { name: string };

/** Asks which model to get: one to begin with, or any, by its name. Nothing is asked of the hub for that. */
export async function pickName(): Promise<string | undefined> {
  const { t } = vscode.l10n;
  const picker = vscode.window.createQuickPick<NameItem>();
  picker.title = t('Get a model');
  picker.placeholder = t('One of these, or OWNER/NAME of any other');
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  const known = startingItems();
  picker.items = known;
  picker.onDidChangeValue((value) => {
    picker.items = [...typedItems(value), ...known];
  });
  try {
    return await new Promise((resolve) => {
      picker.onDidAccept(() => resolve(picker.selectedItems[0]?.name));
      picker.onDidHide(() => resolve(undefined));
      picker.show();
    });
  } finally {
    picker.dispose();
  }
}

function startingItems(): NameItem[] {
  return startingPoints.map(({ name, repository, languages }) => ({
    label: `$(cloud-download) ${name}`,
    description: repository,
    detail: languageNames(languages),
    name: repository,
  }));
}

/** What has been typed, once it is a name. */
function typedItems(value: string): NameItem[] {
  try {
    const { repository } = modelNameOf(value);
    return [{ label: `$(cloud-download) ${value.trim()}`, description: repository, alwaysShow: true, name: value }];
  } catch {
    return [];
  }
}
