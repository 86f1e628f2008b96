import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { hubCacheFolder } from '../../hub/places';
import { hasCommonName } from '../../shared/folder-name';

/** A folder in which another program keeps models. */
export interface ModelPlace {
  /** The program's name. */
  name: string;
  folder: string;
  /** Whether files and folders have their own names, or Ollama's manifests say which is which. */
  layout: 'files' | 'ollama';
  /**
   * Folders below it that are looked into, each in another, and a training's below those; as many as programs nest them where
   * it is left out.
   */
  deepest?: number;
}

/** Where models already lie on a machine, by each program's own rules. */
export function modelPlaces(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): ModelPlace[] {
  const cacheHome = env.XDG_CACHE_HOME || join(home, '.cache');
  const ollama = env.OLLAMA_MODELS
    ? [env.OLLAMA_MODELS]
    : [join(home, '.ollama', 'models'), '/usr/share/ollama/.ollama/models'];
  return [
    { name: 'Hugging Face', folder: hubCacheFolder(env, home), layout: 'files' },
    ...ollama.map((folder) => ({ name: 'Ollama', folder, layout: 'ollama' as const })),
    { name: 'LM Studio', folder: join(home, '.lmstudio', 'models'), layout: 'files' },
    // Its folder in former versions.
    { name: 'LM Studio', folder: join(home, '.cache', 'lm-studio', 'models'), layout: 'files' },
    { name: 'llama.cpp', folder: env.LLAMA_CACHE || llamaCache(env, platform, home, cacheHome), layout: 'files' },
  ];
}

/**
 * What lies beside a model that a person has chosen from a folder of their own: fine-tuned ones beside their base. What a
 * training has saved on its way lies beside what its folder lies beside.
 */
export function placeBeside(path: string): ModelPlace {
  const folder = hasCommonName(path) ? dirname(dirname(path)) : dirname(path);
  return { name: basename(folder) || folder, folder, layout: 'files', deepest: 1 };
}

/** https://github.com/ggml-org/llama.cpp/pull/7826 */
function llamaCache(env: NodeJS.ProcessEnv, platform: NodeJS.Platform, home: string, cacheHome: string): string {
  switch (platform) {
    case 'win32':
      return join(env.LOCALAPPDATA || join(home, 'AppData', 'Local'), 'llama.cpp');
    case 'darwin':
      return join(home, 'Library', 'Caches', 'llama.cpp');
    default:
      return join(cacheHome, 'llama.cpp');
  }
}
