import * as vscode from 'vscode';
import { formatBytes } from '../../display/format-bytes';
import type { CachedChoice } from '../../hub/cached';

type CachedItem = vscode.QuickPickItem & { choice: CachedChoice | 'hub' };

/** Lets a person use what is here of a model without a network, or ask the hub what else there is of it. */
export async function pickCached(
  repository: string,
  choices: readonly CachedChoice[],
): Promise<CachedChoice | 'hub' | undefined> {
  if (choices.length === 0) return 'hub';
  const { t } = vscode.l10n;
  const here = choices.map(
    (choice): CachedItem => ({
      label: `$(${choice.kind === 'folder' ? 'folder' : 'file'}) ${choice.name}`,
      description: t('{0}, here already', formatBytes(choice.bytes)),
      choice,
    }),
  );
  const other: CachedItem = { label: `$(cloud-download) ${t('Ask the hub for its files')}`, choice: 'hub' };
  const options = { title: repository, matchOnDescription: true };
  return (await vscode.window.showQuickPick([...here, other], options))?.choice;
}
