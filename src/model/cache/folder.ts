import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';

/**
 * The system's own place for files that can be made again, shared by the command line and the extension.
 * Linux: the XDG Base Directory specification, by which a relative XDG_CACHE_HOME is ignored.
 */
export function cacheFolder(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
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
