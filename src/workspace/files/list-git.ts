import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import type { Listed } from './listed';

/**
 * The files of a folder in a Git repository that belong to it, tracked or not, and what is ignored: of a folder that is
 * ignored as a whole its name with a slash. Undefined where there is no repository, or no Git.
 */
export async function listGit(folder: string, signal: AbortSignal): Promise<Listed | undefined> {
  const kept = await gitPaths(folder, ['--cached', '--others'], signal);
  const ignored = kept && (await gitPaths(folder, ['--others', '--ignored', '--directory'], signal));
  return kept && { kept: [...new Set(kept)].sort(), ignored: ignored ?? [] };
}

/** Undefined where Git fails. @throws AbortError */
async function gitPaths(folder: string, which: string[], signal: AbortSignal): Promise<string[] | undefined> {
  const git = spawn('git', ['-C', folder, 'ls-files', '-z', '--exclude-standard', ...which], {
    signal,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = new Promise<number | null>((resolve) => git.on('error', () => resolve(null)).on('close', resolve));
  const [output, code] = await Promise.all([text(git.stdout), ended]);
  signal.throwIfAborted();
  return code === 0 ? output.split('\0').filter((path) => path !== '') : undefined;
}
