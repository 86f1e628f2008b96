import { basename } from 'node:path';
import * as vscode from 'vscode';
import { type Sentence, VitrineError } from '../../shared/errors';
import type { EngineHost } from '../engine/engine-host';
import { confirmSpace, offersRounding } from '../engine/load-model';
import { withBareEngine } from '../engine/with-bare-engine';
import { errorText, sentenceText } from '../error-text';
import { type ChosenModel, modelOfSetting } from '../found-models/chosen-model';
import { withLateNotice } from '../late-notice';
import { LatestRequest } from '../readings/latest-request';
import type { Services } from '../services';
import { changeSetting, settings } from '../settings';
import { pickModel } from './pick-model';

/** Lets a person choose a model, and loads it. */
export async function chooseModel({ host, server }: Pick<Services, 'host' | 'server'>): Promise<void> {
  const chosen = await pickModel({ inUse: server.current ? undefined : settings.model() });
  if (chosen !== undefined) await useModel(host, chosen);
}

/**
 * Says what a model takes where it has to be compiled, and loads it.
 *
 * @param chosen as the setting has it
 */
export async function useModel(host: EngineHost, chosen: string): Promise<void> {
  const space = await goingWithoutAdapter(() => look(modelOfSetting(chosen)));
  if (space) await confirmSpace(sentenceText(space));
  await loadChosen(host, chosen, true);
}

/**
 * Loads a model. What cannot be loaded is not kept.
 *
 * @param chosen as the setting has it
 * @param allowLarge whether a person has agreed to what compiling it takes
 */
export async function loadChosen(host: EngineHost, chosen: string, allowLarge: boolean): Promise<void> {
  const before = settings.model();
  const backToServer = host.leaveServer();
  if (chosen !== before) await changeSetting('model', chosen);
  try {
    await host.use(allowLarge);
  } catch (error) {
    // Who has chosen another meanwhile has that.
    if (settings.model() === chosen) {
      await changeSetting('model', before || undefined);
      backToServer();
    }
    throw error;
  }
}

/** Of choices the latest counts: what is still looked at for one before is given up. */
const choices = new LatestRequest();

async function look(chosen: ChosenModel): Promise<Sentence | undefined> {
  const token = choices.begin();
  try {
    return await spaceOf(chosen, token);
  } finally {
    choices.end(token);
  }
}

/** Does work with a model. Where the adapter of the settings is for another one, a person may go on without it. */
async function goingWithoutAdapter<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof VitrineError && error.code === 'adapter.base')) throw error;
    const without = vscode.l10n.t('Use Without Adapter');
    const chosen = await vscode.window.showWarningMessage(errorText(error), { modal: true }, without);
    if (chosen !== without) throw new vscode.CancellationError();
    await changeSetting('adapter', undefined);
    return work();
  }
}

/**
 * What a model takes and what is free; undefined where it is compiled, or where loading it asks for more than a yes. A large
 * file is read through for that.
 */
async function spaceOf(
  { path, name = path && basename(path) }: ChosenModel,
  token: vscode.CancellationToken,
): Promise<Sentence | undefined> {
  const request = { path, adapter: settings.adapter(), cache: settings.cache(), weights: settings.weights() };
  return withBareEngine(async (engine) => {
    const stop = () => void engine.stop();
    token.onCancellationRequested(stop);
    const title = vscode.l10n.t('Looking at the model');
    try {
      return await withLateNotice(engine.space(request), { title, message: name, cancel: stop });
    } catch (error) {
      if (!offersRounding(error)) throw error;
      return undefined;
    }
  });
}
