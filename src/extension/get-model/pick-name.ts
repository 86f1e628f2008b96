import * as vscode from 'vscode';
import { startingPoints } from '../../../models/starting-points';
import { modelNameOf } from '../../hub/names';
import { languageNames } from '../language-names';
import { pickOrType } from '../pick-or-type';

/** `name` is for the hub: OWNER/NAME or OWNER/NAME:FILE. */
type NameItem = vscode.QuickPickItem & { name: string };

/** Asks which model to get: one to begin with, or any, by its name. Nothing is asked of the hub for that. */
export async function pickName(): Promise<string | undefined> {
  const { t } = vscode.l10n;
  const chosen = await pickOrType<NameItem>({
    title: t('Get a model'),
    placeholder: t('One of these, or OWNER/NAME of any other'),
    known: startingItems(),
    typed: typedItems,
  });
  return chosen?.name;
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
