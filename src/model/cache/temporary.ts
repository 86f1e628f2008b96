import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isMarked, MARKER_FILE, mark } from './marker';

/** `.tmp-<process id>-<random>`: a folder of what is being written, or being removed. */
const TEMPORARY_NAME = /^\.tmp-(\d+)-[0-9a-f]{12}$/;

/** After this long a process with the owner's id is taken for another one. */
const LONGEST_WRITE_MS = 24 * 60 * 60 * 1000;

/** Makes a folder of this process, lets it be used, and removes it with what is still in it. */
export async function withTemporaryFolder<T>(parent: string, use: (folder: string) => Promise<T>): Promise<T> {
  const folder = temporaryPath(parent);
  await mkdir(folder);
  try {
    await mark(folder);
    return await use(folder);
  } finally {
    await removeMarked(folder);
  }
}

/**
 * Removes a folder of the cache; that it is one is for the caller to know. It vanishes from its name at once, so that no
 * process sees half of it; files that one has mapped stay readable there. Returns false where the system does not allow
 * that (Windows, while a file of it is open).
 */
export async function removeFolder(folder: string): Promise<boolean> {
  const doomed = temporaryPath(dirname(folder));
  try {
    await rename(folder, doomed);
  } catch {
    return false;
  }
  // So that whoever finds it may finish what is interrupted here.
  await mark(doomed).catch(() => {});
  await removeMarked(doomed);
  return true;
}

/** Removes what processes that have ended left in a folder: what has a name and a marker of ours. */
export async function removeLeftovers(parent: string): Promise<void> {
  for (const name of await readdir(parent).catch(() => [])) {
    const owner = TEMPORARY_NAME.exec(name)?.[1];
    const folder = join(parent, name);
    if (owner === undefined || !(await isMarked(folder))) continue;
    if (!isRunning(Number(owner)) || (await isOld(folder))) await removeMarked(folder);
  }
}

function temporaryPath(parent: string): string {
  return join(parent, `.tmp-${process.pid}-${randomBytes(6).toString('hex')}`);
}

/** The marker last: what cannot be removed now is a leftover for the next time. */
async function removeMarked(folder: string): Promise<void> {
  try {
    for (const name of await readdir(folder)) {
      if (name !== MARKER_FILE) await rm(join(folder, name), { recursive: true, force: true });
    }
    await rm(join(folder, MARKER_FILE), { force: true });
    await rmdir(folder);
  } catch {}
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
