import { randomBytes } from 'node:crypto';
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** `.tmp-<process id>-<random>`: whatever is being written, or being removed. */
const TEMPORARY_NAME = /^\.tmp-(\d+)-[0-9a-f]+$/;

/** After this long a process with the owner's id is taken for another one. */
const LONGEST_WRITE_MS = 24 * 60 * 60 * 1000;

/** A new name for a file or folder of this process; nothing is created. */
export function temporaryPath(folder: string): string {
  return join(folder, `.tmp-${process.pid}-${randomBytes(6).toString('hex')}`);
}

export function isTemporary(name: string): boolean {
  return TEMPORARY_NAME.test(name);
}

/**
 * Removes a folder. It vanishes from its name at once, so that no process sees half of it; files that one has mapped
 * stay readable there. Returns false where the system does not allow that (Windows, while a file of it is open).
 */
export async function removeFolder(folder: string): Promise<boolean> {
  const doomed = temporaryPath(dirname(folder));
  try {
    await rename(folder, doomed);
  } catch {
    return false;
  }
  await removeIfPossible(doomed);
  return true;
}

/** Removes what processes that have ended left in a folder. */
export async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const owner = TEMPORARY_NAME.exec(name)?.[1];
    if (owner !== undefined && (!isRunning(Number(owner)) || (await isOld(join(folder, name))))) {
      await removeIfPossible(join(folder, name));
    }
  }
}

/** What cannot be removed now is a leftover for the next time. */
export async function removeIfPossible(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true }).catch(() => {});
}

function isRunning(processId: number): boolean {
  try {
    // Signal 0 only asks.
    process.kill(processId, 0);
    return true;
  } catch (error) {
    // A process of another user answers EPERM.
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

async function isOld(path: string): Promise<boolean> {
  const stats = await stat(path).catch(() => undefined);
  return stats !== undefined && Date.now() - stats.mtimeMs > LONGEST_WRITE_MS;
}
