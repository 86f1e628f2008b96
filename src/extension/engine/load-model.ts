import * as vscode from 'vscode';
import type { Engine } from '../../engine/client';
import type { ModelInfo } from '../../shared/engine-api';
import { VitrineError } from '../../shared/errors';
import { errorText } from '../error-text';
import { chosenModel } from '../found-models/chosen-model';
import { settings } from '../settings';

/**
 * Loads the model that the settings name. Where it takes more than 2 GB of disk or memory, a person is told how much, and
 * how much is free, and asked first.
 *
 * @param allowLarge whether that was asked already
 * @throws CancellationError where a person says no, VitrineError where it cannot be loaded.
 */
export async function loadModel(engine: Engine, task: number, allowLarge: boolean): Promise<ModelInfo> {
  const { path, name } = chosenModel();
  const request = {
    task,
    path,
    adapter: settings.adapter(),
    provider: settings.provider(),
    threads: settings.threads(),
    contextLimit: settings.contextLimit(),
    memoryLimitBytes: settings.memoryLimitBytes(),
    cache: settings.cache(),
    weights: settings.weights(),
    allowLarge,
    tryProviders: true,
  };
  const model = await loadOrAsk(engine, request);
  if (name === undefined) return model;
  return { ...model, name: model.adapter === undefined ? name : `${name} + ${model.adapter}` };
}

async function loadOrAsk(engine: Engine, request: Parameters<Engine['load']>[0]): Promise<ModelInfo> {
  try {
    return await engine.load(request);
  } catch (error) {
    if (!(error instanceof VitrineError) || error.code !== 'space.confirm') throw error;
    await confirmSpace(errorText(error));
    return engine.load({ ...request, allowLarge: true });
  }
}

/**
 * Asks a person before a model is compiled.
 *
 * @param space what it takes and what is free, as a sentence
 * @throws CancellationError where the answer is no
 */
export async function confirmSpace(space: string): Promise<void> {
  const compile = vscode.l10n.t('Compile');
  if ((await vscode.window.showWarningMessage(space, { modal: true }, compile)) === compile) return;
  throw new vscode.CancellationError();
}
