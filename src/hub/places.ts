import { homedir } from 'node:os';
import { join } from 'node:path';

/*
 * Where Hugging Face's own tools keep what they fetch and the token of whoever is logged in, by their rules:
 * https://huggingface.co/docs/huggingface_hub/package_reference/environment_variables
 */

/** The folder of all that they keep. */
function hubHome(env: NodeJS.ProcessEnv = process.env, home: string = homedir()): string {
  return expand(env.HF_HOME, home) || join(expand(env.XDG_CACHE_HOME, home) || join(home, '.cache'), 'huggingface');
}

/**
 * The folder of models, which all tools share. The library's `getHFHubCachePath` takes a variable that is empty for a path,
 * and `~` for a name.
 */
export function hubCacheFolder(env: NodeJS.ProcessEnv = process.env, home: string = homedir()): string {
  return expand(env.HF_HUB_CACHE, home) || expand(env.HUGGINGFACE_HUB_CACHE, home) || join(hubHome(env, home), 'hub');
}

/** The file that `hf auth login` writes. */
export function tokenFile(env: NodeJS.ProcessEnv = process.env, home: string = homedir()): string {
  return expand(env.HF_TOKEN_PATH, home) || join(hubHome(env, home), 'token');
}

/** With the home folder in the place of `~`; empty for a variable that is not set. */
function expand(path = '', home: string): string {
  return path.replace(/^~(?=[/\\]|$)/, home);
}
