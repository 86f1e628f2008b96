import { join } from 'node:path';
import { cacheFolder } from '../../model/cache/folder';
import { readVocabulary } from '../../model/checkpoint/model-vocabulary';
import { type StartedServedEngine, startServedEngine } from '../../remote/start-served-engine';
import type { EngineEvents } from '../../shared/engine-api';
import { openServer } from './open-server';
import { vocabularyPath } from './vocabulary';

/** A model that is asked for on a server. */
export interface ServedOptions {
  /** Its address. */
  server: string;
  /** As the server has it; undefined where it has one only. */
  model?: string | undefined;
  /** Where its vocabulary is: a path, or a name of the hub; undefined where the server says. */
  vocabulary?: string | undefined;
}

export const isServed = (options: { server?: string | undefined }): options is ServedOptions =>
  options.server !== undefined;

/** Begins to connect to the server of a model. No text is sent but Vitrine's own, by which it is tried. */
export function startServed(
  { server: address, model, vocabulary }: ServedOptions,
  onProgress: EngineEvents['progress'],
): StartedServedEngine {
  const opened = openServer(address);
  return startServedEngine({
    server: () => opened,
    model,
    vocabulary: async (named) => readVocabulary(await vocabularyPath(named, await opened, vocabulary)),
    folder: join(cacheFolder(), 'servers'),
    onProgress,
  });
}
