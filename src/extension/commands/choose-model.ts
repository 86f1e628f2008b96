import * as vscode from 'vscode';
import { type Sentence, VitrineError } from '../../shared/errors';
import type { EngineHost } from '../engine/engine-host';
import { confirmSpace, offersRounding } from '../engine/load-model';
import { withBareEngine } from '../engine/with-bare-engine';
import { errorText, sentenceText } from '../error-text';
import { modelOfSetting } from '../found-models/chosen-model';
import { changeSetting, settings } from '../settings';
import { pickModel } from './pick-model';

/** Lets a person choose a model, and loads it. */
export async function chooseModel(host: EngineHost): Promise<void> {
  const chosen = await pickModel();
  if (chosen !== undefined) await useModel(host, chosen);
}

/**
 * Says what a model takes where it has to be compiled, and loads it. What cannot be loaded is not kept.
 *
 * @param chosen as the setting has it
 */
export async function useModel(host: EngineHost, chosen: string): Promise<void> {
  const { path } = modelOfSetting(chosen);
  const space = await goingWithoutAdapter(() => spaceOf(path));
  if (space) await confirmSpace(sentenceText(space));
  const before = settings.model();
  if (chosen !== before) await changeSetting('model', chosen);
  try {
    await host.use(true);
  } catch (error) {
    await changeSetting('model', before || undefined);
    throw error;
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
async function spaceOf(path: string | undefined): Promise<Sentence | undefined> {
  const progress = { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Looking at the model') };
  return vscode.window.withProgress(progress, () =>
    withBareEngine((engine) =>
      engine.space({ path, adapter: settings.adapter(), cache: settings.cache(), weights: settings.weights() }),
    ).catch((error: unknown) => {
      if (!offersRounding(error)) throw error;
      return undefined;
    }),
  );
}
