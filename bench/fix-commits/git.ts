import { execFileSync } from 'node:child_process';

const MOST_BYTES = 1 << 28;

/** What Git prints. */
export function git(repository: string, ...options: readonly string[]): string {
  return execFileSync('git', ['-C', repository, ...options], { encoding: 'utf8', maxBuffer: MOST_BYTES });
}
