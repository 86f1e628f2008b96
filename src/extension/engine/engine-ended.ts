import { setImmediate } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { ModelInfo } from '../../shared/engine-api';
import { VitrineError } from '../../shared/errors';
import { modelKeyOf } from '../../workspace/file-model';

/** Cancels work whose engine somebody has ended, such as by a restart: the next engine may take it up. */
export class EngineStopped extends vscode.CancellationError {
  override message = vscode.l10n.t('The engine has been restarted meanwhile. Ask again.');
}

/** Before tokens that were made for the model of a key go to the one in use. @throws EngineStopped where that is another by now */
export function checkStillOf(key: string, inUse: ModelInfo): void {
  if (modelKeyOf(inUse) !== key) throw new EngineStopped();
}

/** Work came to nothing because the engine, or another that it asked, ended: nothing is wrong with what it worked on. */
const ENDINGS = new Set(['engine.died', 'engine.crashes', 'share.gone']);

/** Whether work came to nothing because an engine ended, or ended too often. */
export function isEngineEnded(error: unknown): boolean {
  if (error instanceof EngineStopped) return true;
  return error instanceof VitrineError && ENDINGS.has(error.code);
}

/**
 * Does work, and does it once more with the next engine where the engine ends meanwhile, by itself or because somebody restarts it.
 *
 * @param interrupted called in between
 */
export async function againOnceEnded<T>(work: () => Promise<T>, interrupted?: () => void): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isEngineEnded(error)) throw error;
    interrupted?.();
    // Those who wait for an answer hear of its end before the one who starts the next.
    await setImmediate();
    return work();
  }
}
