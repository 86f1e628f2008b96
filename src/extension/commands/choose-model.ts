import * as vscode from 'vscode';
import type { Sentence } from '../../shared/errors';
import type { EngineHost } from '../engine/engine-host';
import { confirmSpace, offersRounding } from '../engine/load-model';
import { withBareEngine } from '../engine/with-bare-engine';
import { sentenceText } from '../error-text';
import { modelOfSetting } from '../found-models/chosen-model';
import { changeSetting, settings } from '../settings';
import { pickModel } from './pick-model';

/** Lets a person choose a model, and loads it. */
export async function chooseModel(host: EngineHost): Promise<void> {
  const chosen = await pickModel();
  if (chosen !== undefined) await useModel(host, chosen);
}

/**
 * Says what a model takes where it has to be compiled, and loads it.
 *
 * @param chosen as the setting has it
 */
export async function useModel(host: EngineHost, chosen: string): Promise<void> {
  const space = await spaceOf(modelOfSetting(chosen).path);
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
  if (chosen !== before) await changeSetting('model', chosen);
  try {
    await host.use(allowLarge);
  } catch (error) {
    await changeSetting('model', before || undefined);
    throw error;
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
