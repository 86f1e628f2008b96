import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PREFIX = 'vitrine-share-';

/**
 * Where a socket may be that only this user can reach: in a folder of its own, which goes with the process. On Windows a
 * named pipe, which is no file.
 */
export function newShareAddress(): string {
  if (process.platform === 'win32') {
    return `\\\\.\\pipe\\${PREFIX}${process.pid}-${randomBytes(16).toString('hex')}`;
  }
  removeLeftovers();
  // Made with the mode 0700.
  const folder = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  process.once('exit', () => remove(folder));
  return join(folder, 'socket');
}

/** An engine is ended by a signal that no process hears. The next one clears up behind it. */
function removeLeftovers(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1];
    if (pid !== undefined && !isRunning(Number(pid))) remove(join(tmpdir(), name));
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Of another user: not allowed to be asked, but there.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** What cannot be removed stays: nobody waits for it. */
function remove(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {}
}
