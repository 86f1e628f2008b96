import { CompiledCache } from '../model/cache/compiled-cache';
import { cacheFolder } from '../model/cache/folder';

const LIMIT_BYTES = 20e9;

/** Where compiled models are kept, and how large that may grow. */
export function compiledModels(): { folder: string; limitBytes: number } {
  return { folder: cacheFolder(), limitBytes: LIMIT_BYTES };
}

export function openCache(): CompiledCache {
  const { folder, limitBytes } = compiledModels();
  return new CompiledCache(folder, limitBytes);
}
