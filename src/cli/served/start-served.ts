import { join } from 'node:path';
import { cacheFolder } from '../../model/cache/folder';
import { readVocabulary } from '../../model/checkpoint/model-vocabulary';
import { type StartedServedEngine, startServedEngine } from '../../remote/start-served-engine';
import type { EngineEvents } from '../../shared/engine-api';
import { openServer } from './open-server';
import type { ServedOptions } from './served-options';
import { vocabularyPath } from './vocabulary';

/** Begins to connect to the server of a model. No text is sent but Vitrine's own, by which it is tried. */
export function startServed(
  { server: address, model, vocabulary }: ServedOptions,
  onProgress: EngineEvents['progress'],
): StartedServedEngine {
  const opened = openServer(address);
  return startServedEngine({
    server: () => opened,
    model,
    vocabulary: async (named) => {
      const path = await vocabularyPath(named, await opened, vocabulary);
      // The server makes the tokens of texts itself then, where it can.
      return path === undefined ? undefined : readVocabulary(path);
    },
    folder: join(cacheFolder(), 'servers'),
    onProgress,
  });
}
