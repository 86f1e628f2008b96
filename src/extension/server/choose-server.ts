import * as vscode from 'vscode';
import { modelServer } from '../../remote/model-server';
import type { OnlyContinues, ServedModelName } from '../../remote/recognise';
import { sentence, VitrineError } from '../../shared/errors';
import { sentenceText } from '../error-text';
import { askWhatItIs, type ServerAccess } from './ask-what-it-is';
import { pickServer } from './pick-server';
import type { ChosenEntry } from './served-form';
import type { ServerEntry } from './server-entry';
import { tokenizerOf } from './tokenizer-of';

/**
 * Has a person choose a model of a server: which server, its key where it wants one, which of its models, and its tokenizer
 * where that is not known. No text is sent for it.
 *
 * @param known servers to choose from, the first first
 * @returns undefined where nothing was chosen
 * @throws VitrineError of `server.*`, CancellationError
 */
export async function chooseServer(
  access: ServerAccess,
  title: string,
  known: readonly ServerEntry[],
): Promise<ChosenEntry | undefined> {
  const entry = await pickServer(title, known);
  if (!entry) return undefined;
  const server = modelServer({ address: entry.address, fetch: access.traffic.fetch });
  const { models, onlyContinues } = await askWhatItIs(access, server.address);
  if (onlyContinues && !(await wantsContinuations(onlyContinues))) return undefined;
  const model = await modelOf(server.host, models, entry.model);
  const tokenizer = model && (await tokenizerOf(model, server, entry.vocabulary));
  if (!model || !tokenizer) return undefined;
  return {
    ...entry,
    model: model.name,
    vocabulary: entry.vocabulary ?? tokenizer.path,
    tokenizer: tokenizer.path,
  };
}

/** Whether a person wants a server that says nothing of a text that it reads. */
async function wantsContinuations({ why }: OnlyContinues): Promise<boolean> {
  const use = vscode.l10n.t('Use It to Continue Texts');
  return (await vscode.window.showWarningMessage(sentenceText(why), { modal: true }, use)) === use;
}

/** The one that is named, the only one, or the one that a person chooses. */
async function modelOf(
  host: string,
  models: readonly ServedModelName[],
  name: string | undefined,
): Promise<ServedModelName | undefined> {
  if (models.length === 0) throw new VitrineError('server.noModel', sentence`${host} has no model. Start it with one.`);
  const named = models.find((model) => model.name === name);
  if (named) return named;
  if (models.length === 1) return models[0];
  const { t } = vscode.l10n;
  const items = models.map((model) => ({
    label: `$(server) ${model.name}`,
    ...(model.root !== undefined && model.root !== model.name && { description: model.root }),
    model,
  }));
  const placeholder = name === undefined ? '' : t('It has no model {0} any longer.', name);
  const options = { title: t('Which model of {0}?', host), placeHolder: placeholder, matchOnDescription: true };
  return (await vscode.window.showQuickPick(items, options))?.model;
}
