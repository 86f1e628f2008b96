import { basename } from 'node:path';
import * as vscode from 'vscode';
import { catalogue, defaultModelPath } from '../../../models/catalogue';
import { modelNameOf } from '../../hub/names';
import type { ServedModelName } from '../../remote/recognise';
import { searchedPlaces } from '../found-models/chosen-model';
import { findModels } from '../found-models/find-models';
import { withLateNotice } from '../late-notice';
import { pickOrType } from '../pick-or-type';

/** A file or a folder of this machine, a model of the hub by its name, or what the server makes itself. */
type PickedTokenizer = { kind: 'here'; path: string } | { kind: 'hub'; name: string } | { kind: 'server' };

type PlaceItem = vscode.QuickPickItem & { place: PickedTokenizer | 'file' };

/**
 * Asks which tokenizer a served model has. Models of this machine with a like name come first.
 *
 * @param hubName what the server has loaded, where that is a model of the hub
 */
export async function pickTokenizer(
  { name, root }: ServedModelName,
  hubName: string | undefined,
): Promise<PickedTokenizer | undefined> {
  const { t } = vscode.l10n;
  const alike = await unlessCancelled(modelsLike([name, ...(root ? [basename(root)] : [])]));
  const file: PlaceItem = {
    label: `$(folder-opened) ${t('Choose a file or folder…')}`,
    alwaysShow: true,
    place: 'file',
  };
  const chosen = await pickOrType<PlaceItem>({
    title: t('Which tokenizer does {0} have?', name),
    placeholder: t('One of these, or OWNER/NAME of the hub. It is tried before any text is sent.'),
    known: [...alike, ...(hubName ? [hubItem(hubName)] : []), file, serverItem()],
    typed: typedItems,
  });
  return chosen?.place === 'file' ? askForTokenizer() : chosen?.place;
}

const hubItem = (name: string): PlaceItem => ({
  label: `$(cloud-download) ${name}`,
  description: vscode.l10n.t('from the hub'),
  alwaysShow: true,
  place: { kind: 'hub', name },
});

const serverItem = (): PlaceItem => ({
  label: `$(server) ${vscode.l10n.t('Let the server cut texts into tokens')}`,
  description: vscode.l10n.t('without bands, counts and scans'),
  place: { kind: 'server' },
});

function typedItems(value: string): PlaceItem[] {
  try {
    return [hubItem(modelNameOf(value).repository)];
  } catch {
    return [];
  }
}

/** Whoever does not want to wait for them chooses without. */
function unlessCancelled(models: Promise<PlaceItem[]>): Promise<PlaceItem[]> {
  const title = vscode.l10n.t('Looking for models');
  return new Promise((resolve, reject) => {
    withLateNotice(models, { title, cancel: () => resolve([]) }).then(resolve, reject);
  });
}

async function modelsLike(names: readonly string[]): Promise<PlaceItem[]> {
  const own = { name: catalogue[0]?.name ?? '', place: vscode.l10n.t('comes with Vitrine'), path: defaultModelPath() };
  const { models } = await findModels(searchedPlaces());
  return [...models, own]
    .filter((model) => names.some((name) => isAlike(model.name, name)))
    .map(({ name, place, path }) => ({
      label: `$(package) ${name}`,
      description: place,
      place: { kind: 'here', path },
    }));
}

/** Whether one name, without its owner and in letters and digits only, is the beginning of the other. */
function isAlike(one: string, other: string): boolean {
  const [a, b] = [one, other].map((name) =>
    basename(name)
      .toLowerCase()
      .replace(/[^a-z0-9]/g, ''),
  ) as [string, string];
  return a !== '' && b !== '' && (a.startsWith(b) || b.startsWith(a));
}

async function askForTokenizer(): Promise<PickedTokenizer | undefined> {
  const { t } = vscode.l10n;
  const chosen = await vscode.window.showOpenDialog({
    title: t('Choose a tokenizer.json, a GGUF file, or a folder with one'),
    openLabel: t('Use Tokenizer'),
    canSelectFiles: true,
    filters: { [t('Tokenizers')]: ['json', 'gguf'], [t('All Files')]: ['*'] },
  });
  const path = chosen?.[0]?.fsPath;
  return path === undefined ? undefined : { kind: 'here', path };
}
