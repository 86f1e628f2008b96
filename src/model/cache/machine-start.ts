import { readFile } from 'node:fs/promises';
import { uptime } from 'node:os';

/** Where the system only tells how long it has run, its clock may have been set since. */
const ROUNDED_TO_SECONDS = 600;

let found: Promise<string> | undefined;

/** Another text after each start of this machine. One that differs without need only costs time. */
export function machineStart(): Promise<string> {
  found ??= readFile('/proc/sys/kernel/random/boot_id', 'utf8').then(
    (id) => id.trim(),
    () => `${Math.round((Date.now() / 1000 - uptime()) / ROUNDED_TO_SECONDS) * ROUNDED_TO_SECONDS}`,
  );
  return found;
}
