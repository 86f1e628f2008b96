import { mkdir, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { type EntryRecord, markUsed, readEntry, recordEntry, seemsUnchanged } from './entry';
import { makeFolder } from './make-folder';
import { explainStorageError } from './storage-errors';
import { isTemporary, removeFolder, removeIfPossible, removeLeftovers, temporaryPath } from './temporary';

/** A compiled model in the cache. */
export interface CacheEntry {
  key: string;
  /** The model's name. */
  name: string;
  /** The path of the model file it was compiled from. */
  source: string;
  bytes: number;
  created: Date;
  /** When it was last found. */
  used: Date;
}

/** What is about to be stored. */
export interface NewEntry {
  name: string;
  source: string;
  expectedBytes: number;
}

/**
 * Compiled models on disk, a folder of files for each, under a key that stands for all that went into it.
 *
 * Any number of processes may share it, and any of them may die at any moment: an entry gets its name, and loses it, by
 * one rename, and no file of it is ever written to again. (A file that another process has mapped must not shrink.)
 */
export class CompiledCache {
  /** A folder of its own: a person may point the cache at one that holds other things. */
  readonly #folder: string;
  readonly #limitBytes: number;

  /** @param limitBytes the size above which the entries that were not used for longest are removed. */
  constructor(folder: string, limitBytes: number) {
    this.#folder = join(folder, 'compiled-models');
    this.#limitBytes = limitBytes;
  }

  /**
   * The folder of an entry, or undefined where it must be compiled. A damaged entry is removed: one with a file that is
   * missing, has another size, or was written to and has another checksum.
   */
  async find(key: string): Promise<string | undefined> {
    const folder = this.#folderOf(key);
    const record = await readEntry(folder);
    if (record === undefined || !(await isUndamaged(folder, record))) {
      await removeFolder(folder);
      return undefined;
    }
    await markUsed(folder);
    return folder;
  }

  /**
   * Makes an entry of the files that `write` puts into the folder it is given. Where another process stores the same
   * key meanwhile, the first to finish provides the entry. Older entries make room before.
   *
   * @returns the entry's folder.
   * @throws VitrineError `cache.full` or `cache.notWritable`, and what `write` throws; nothing is left behind then.
   */
  async store(key: string, entry: NewEntry, write: (temporaryFolder: string) => Promise<void>): Promise<string> {
    try {
      return await this.#build(key, entry, write);
    } catch (error) {
      throw await explainStorageError(error, this.#folder, entry.name, entry.expectedBytes);
    }
  }

  /** Every entry, the one used last first. */
  async entries(): Promise<CacheEntry[]> {
    const entries: CacheEntry[] = [];
    for (const key of await this.#keys()) {
      const record = await readEntry(this.#folderOf(key));
      if (record !== undefined) {
        const { name, source, created, used, files } = record;
        const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
        entries.push({ key, name, source, bytes, created: new Date(created), used });
      }
    }
    return entries.sort((one, other) => other.used.getTime() - one.used.getTime());
  }

  /** Removes every entry; one that Windows keeps because a process uses it stays. Returns what was removed. */
  async clear(): Promise<{ entries: number; bytes: number }> {
    const cleared = { entries: 0, bytes: 0 };
    for (const { key, bytes } of await this.entries()) {
      if (await removeFolder(this.#folderOf(key))) {
        cleared.entries += 1;
        cleared.bytes += bytes;
      }
    }
    await this.#removeUnreadable();
    await removeLeftovers(this.#folder);
    return cleared;
  }

  async #build(key: string, entry: NewEntry, write: (temporaryFolder: string) => Promise<void>): Promise<string> {
    await makeFolder(this.#folder);
    await removeLeftovers(this.#folder);
    await this.#removeUnreadable();
    await this.#makeRoom(entry.expectedBytes);
    const temporary = temporaryPath(this.#folder);
    try {
      await mkdir(temporary);
      await write(temporary);
      await recordEntry(temporary, entry.name, entry.source);
      return await this.#publish(temporary, key);
    } finally {
      await removeIfPossible(temporary);
    }
  }

  async #publish(temporary: string, key: string): Promise<string> {
    const folder = this.#folderOf(key);
    try {
      await rename(temporary, folder);
    } catch {
      // There is one already. Unless it is damaged, another process has finished first.
      if ((await this.find(key)) === undefined) {
        await rename(temporary, folder);
      }
    }
    return folder;
  }

  async #makeRoom(bytes: number): Promise<void> {
    const entries = await this.entries();
    let total = bytes + entries.reduce((sum, entry) => sum + entry.bytes, 0);
    for (const oldest of entries.reverse()) {
      if (total > this.#limitBytes && (await removeFolder(this.#folderOf(oldest.key)))) {
        total -= oldest.bytes;
      }
    }
  }

  /** Removes folders that have lost their record: no key would ever be looked up to find the damage. */
  async #removeUnreadable(): Promise<void> {
    for (const key of await this.#keys()) {
      const folder = this.#folderOf(key);
      if ((await readEntry(folder)) === undefined) {
        await removeFolder(folder);
      }
    }
  }

  async #keys(): Promise<string[]> {
    // Before the first entry there is no folder.
    const children = await readdir(this.#folder, { withFileTypes: true }).catch(() => []);
    return children.filter((child) => child.isDirectory() && !isTemporary(child.name)).map((child) => child.name);
  }

  #folderOf(key: string): string {
    return join(this.#folder, key);
  }
}

async function isUndamaged(folder: string, { files }: EntryRecord): Promise<boolean> {
  for (const file of files) {
    if (!(await seemsUnchanged(folder, file))) return false;
  }
  return true;
}
