import * as vscode from 'vscode';
import type { Engine } from '../../engine/client';
import type { ModelInfo } from '../../shared/engine-api';
import { VitrineError } from '../../shared/errors';
import { errorText } from '../error-text';
import { settings } from '../settings';
import type { LoadedForm } from './model-choice';

/**
 * Loads a model. Where it takes more than 2 GB of disk or memory, or does not fit unless it is
 * rounded, a person is told how much, and how much is free, and asked first.
 *
 * @param allowLarge whether that was asked already
 * @throws CancellationError where a person says no, VitrineError where it cannot be loaded.
 */
export async function loadModel(
  engine: Engine,
  { name, ...form }: LoadedForm,
  task: number,
  allowLarge: boolean,
): Promise<ModelInfo> {
  const request = {
    task,
    ...form,
    provider: settings.provider(),
    threads: settings.threads(),
    contextLimit: settings.contextLimit(),
    memoryLimitBytes: settings.memoryLimitBytes(),
    cache: settings.cache(),
    allowLarge,
    tryProviders: true,
  };
  const model = await loadOrAsk(engine, request);
  return { ...model, name: nameOf(model, name), vocabularyName: name ?? model.vocabularyName };
}

/**
 * What a model is called with what was made of it: an adapter that is merged into it, and, in the editor's language, that it
 * is approximate.
 *
 * @param given what people call it
 */
function nameOf({ name, adapter, approximation }: ModelInfo, given: string | undefined): string {
  const own = given ?? approximation?.of ?? name;
  const whole = given === undefined || adapter === undefined ? own : `${own} + ${adapter}`;
  if (!approximation) return whole;
  const { bits, half } = approximation;
  return half
    ? vscode.l10n.t('{0} (approximate, {1})', whole, half)
    : vscode.l10n.t('{0} (approximate, {1} bits)', whole, bits);
}

async function loadOrAsk(engine: Engine, request: Parameters<Engine['load']>[0]): Promise<ModelInfo> {
  try {
    return await engine.load(request);
  } catch (error) {
    if (!(error instanceof VitrineError)) throw error;
    const offered = ROUNDINGS[error.code];
    if (offered) return engine.load({ ...request, weights: await chooseRounding(error, offered), allowLarge: true });
    if (error.code !== 'space.confirm') throw error;
    await confirmSpace(errorText(error));
    return engine.load({ ...request, allowLarge: true });
  }
}

/** What can be done about an error: the bits to which weights can be rounded. */
const ROUNDINGS: Readonly<Record<string, readonly (8 | 4)[]>> = {
  'space.approximate': [8, 4],
  'space.approximate.4bit': [4],
  'weights.nothingPacked': [8, 4],
};

/** Whether a person can have the model rounded where this error keeps it from being loaded. */
export const offersRounding = (error: unknown): boolean => error instanceof VitrineError && error.code in ROUNDINGS;

/** @throws CancellationError where a person wants none of them */
async function chooseRounding(error: VitrineError, offered: readonly (8 | 4)[]): Promise<'8bit' | '4bit'> {
  const buttons = offered.map((bits) => ({ title: vscode.l10n.t('{0} bits, approximate', bits), bits }));
  const chosen = await vscode.window.showWarningMessage(errorText(error), { modal: true }, ...buttons);
  if (chosen) return `${chosen.bits}bit`;
  throw new vscode.CancellationError();
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
