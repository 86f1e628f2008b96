import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const SUPPLIES = '/sys/class/power_supply';

/**
 * Whether this machine runs on its battery. The editor does not tell its extensions: Linux says so in its files, macOS by
 * a program. Of Windows, and wherever nothing is known, it is taken not to.
 */
export async function isOnBattery(platform = process.platform, supplies = SUPPLIES): Promise<boolean> {
  try {
    if (platform === 'linux') return await isDischarging(supplies);
    if (platform !== 'darwin') return false;
    const { stdout } = await promisify(execFile)('pmset', ['-g', 'batt']);
    return stdout.includes("'Battery Power'");
  } catch {
    return false;
  }
}

/** A mouse has a battery too, and its scope is a device. */
async function isDischarging(folder: string): Promise<boolean> {
  for (const supply of await readdir(folder)) {
    const read = async (name: string) =>
      (await readFile(join(folder, supply, name), 'utf8').catch(() => '')).trim().toLowerCase();
    if ((await read('type')) !== 'battery' || (await read('scope')) === 'device') continue;
    if ((await read('status')) === 'discharging') return true;
  }
  return false;
}
