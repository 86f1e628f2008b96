import { execFile } from 'node:child_process';
import { freemem } from 'node:os';
import { promisify } from 'node:util';

/** Bytes of memory that a process can have without swapping. */
export async function availableMemory(): Promise<number> {
  // macOS counts as free only what was never used. Elsewhere this is what the system gives at once (on Linux MemAvailable).
  const free = process.platform === 'darwin' ? await availableOnMacOS() : freemem();
  // Not `process.availableMemory`: within a container's limit it counts the page cache as used.
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(free, limit) : free;
}

async function availableOnMacOS(): Promise<number> {
  try {
    return parseVmStat((await promisify(execFile)('vm_stat')).stdout);
  } catch {
    return freemem();
  }
}

/**
 * Free and inactive pages of what `vm_stat` prints, as psutil counts them: https://github.com/giampaolo/psutil
 *
 * @throws Error where it prints something else.
 */
export function parseVmStat(text: string): number {
  const number = (pattern: RegExp): number => {
    const digits = pattern.exec(text)?.[1];
    if (digits === undefined) {
      throw new Error(`vm_stat prints no ${pattern.source}`);
    }
    return Number(digits);
  };
  const pages =
    number(/^Pages free: +(\d+)/m) + number(/^Pages inactive: +(\d+)/m) + number(/^Pages speculative: +(\d+)/m);
  return pages * number(/page size of (\d+) bytes/);
}
