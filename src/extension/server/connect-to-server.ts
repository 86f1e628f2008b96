import * as vscode from 'vscode';
import type { ModelInfo } from '../../shared/engine-api';
import { VitrineError } from '../../shared/errors';
import type { EngineHost } from '../engine/engine-host';
import { errorText } from '../error-text';
import { isCancellation, showError } from '../show-error';
import { replaceKey } from './ask-for-key';
import type { ChosenEntry } from './served-form';
import { isSaved, saveServer } from './server-entry';
import { chosenTokenizer } from './tokenizer-of';
import type { WindowServer } from './window-server';

/** Has a person choose a model of a server, connects to it, and has it read this window's texts. */
export async function connectToServer(server: WindowServer, host: EngineHost): Promise<void> {
  const entry = await server.choose(vscode.l10n.t('Connect to a server'));
  if (entry) await connect(server, host, entry);
}

/** Has a person choose another tokenizer for the model of the server in use, and connects anew. */
export async function chooseServerTokenizer(server: WindowServer, host: EngineHost, entry: ChosenEntry): Promise<void> {
  const tokenizer = await chosenTokenizer({
    name: entry.model,
    root: undefined,
    signedAs: [entry.model],
    contextLength: undefined,
  });
  if (!tokenizer) return;
  const { path } = tokenizer;
  await connect(server, host, { ...entry, vocabulary: path, tokenizer: path });
}

/** Asks for another key of the server in use, and connects anew. */
export async function giveServerKey(server: WindowServer, host: EngineHost, entry: ChosenEntry): Promise<void> {
  if (await replaceKey(server.keys, entry.address)) await connect(server, host, entry);
}

/**
 * Connects to a model of a server, which is the one in use from now on: where it cannot be reached, that is told, and no other
 * model takes its place unless a person says so.
 */
async function connect(server: WindowServer, host: EngineHost, entry: ChosenEntry): Promise<void> {
  const before = server.entry;
  await server.use(entry);
  try {
    const model = await withProgress(server, host);
    // Who gives the command does not wait until a person has read it.
    tellConnected(entry, model).catch(showError);
  } catch (error) {
    // It may have been cancelled by another choice, which stands.
    if (server.entry !== entry) return;
    if (isCancellation(error)) return before ? server.use(before) : void server.leave();
    if (!(error instanceof VitrineError && OF_TOKENIZER.test(error.code))) throw error;
    await offerTokenizer(server, host, entry, error);
  }
}

async function offerTokenizer(server: WindowServer, host: EngineHost, entry: ChosenEntry, error: VitrineError) {
  const other = vscode.l10n.t('Choose a Tokenizer…');
  const chosen = await vscode.window.showErrorMessage(errorText(error), other);
  if (chosen === other) await chooseServerTokenizer(server, host, entry);
}

/** Errors that another tokenizer may mend. */
const OF_TOKENIZER = /^(server\.((no)?vocabulary|places)$|tokenizer\.|huggingFace\.|gguf\.|model\.)/i;

async function withProgress(server: WindowServer, host: EngineHost): Promise<ModelInfo> {
  const title = vscode.l10n.t('Connecting to {0}', server.current?.host ?? '');
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, async (_, token) => {
    token.onCancellationRequested(() => void host.stop());
    return (await host.use()).model;
  });
}

async function tellConnected(entry: ChosenEntry, { name, provider }: ModelInfo): Promise<void> {
  const { t } = vscode.l10n;
  const text = t('{0} on {1} is the model in use in this window.', name, provider);
  if (isSaved(entry)) {
    vscode.window.setStatusBarMessage(text, TOLD_MS);
    return;
  }
  const keep = t('Keep in My Settings');
  const { tokenizer, ...kept } = entry;
  if ((await vscode.window.showInformationMessage(text, keep)) === keep) await saveServer(kept);
}

const TOLD_MS = 5000;
