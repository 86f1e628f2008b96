import { homedir, userInfo } from 'node:os';
import { isAbsolute, posix, win32 } from 'node:path';

/**
 * The system's own place for files that can be made again, shared by the command line and the extension.
 * Linux: the XDG Base Directory specification, by which a relative XDG_CACHE_HOME is ignored; so is a relative HOME, which
 * would put the cache wherever the process happens to be.
 */
export function cacheFolder(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = absoluteHome(),
): string {
  switch (platform) {
    case 'win32':
      return win32.join(env.LOCALAPPDATA || win32.join(home, 'AppData', 'Local'), 'vitrine');
    case 'darwin':
      return posix.join(home, 'Library', 'Caches', 'vitrine');
    default: {
      const cacheHome = env.XDG_CACHE_HOME ?? '';
      return posix.join(posix.isAbsolute(cacheHome) ? cacheHome : posix.join(home, '.cache'), 'vitrine');
    }
  }
}

/** The environment variable that moves it. */
export function cacheFolderVariable(platform: NodeJS.Platform = process.platform): string {
  return platform === 'win32' ? 'LOCALAPPDATA' : platform === 'darwin' ? 'HOME' : 'XDG_CACHE_HOME';
}

function absoluteHome(): string {
  const home = homedir();
  return isAbsolute(home) ? home : userInfo().homedir;
}
