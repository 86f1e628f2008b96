import { readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { sentence, VitrineError } from '../../shared/errors';
import { reasonOf, systemCodeOf } from '../../shared/system-errors';
import { isAsRecorded, markUsed, readEntry, recordEntry } from './entry';
import { makeFolder } from './make-folder';
import { isFolder, isMarked } from './marker';
import { explainStorageError } from './storage-errors';
import { removeFolder, removeLeftovers, withTemporaryFolder } from './temporary';

/** 32 digits in hexadecimal. */
const KEY = /^[0-9a-f]{32}$/;

/** A compiled model in the cache. */
export interface CacheEntry {
  key: string;
  /** The model's name. */
  name: string;
  /** The path of the model file it was compiled from. */
  source: string;
  /** How its weights are kept, where that is known. */
  weights?: string | undefined;
  bytes: number;
  created: Date;
  /** When it was last found. */
  used: Date;
}

/** What is about to be stored. */
export interface NewEntry {
  name: string;
  source: string;
  weights?: string;
  expectedBytes: number;
}

/**
 * Compiled models on disk, a folder of files for each, under a key that stands for all that went into it.
 *
 * Any number of processes may share it, and any of them may die at any moment: an entry gets its name, and loses it, by
 * one rename, and no file of it is ever written to again. (A file that another process has mapped must not shrink.)
 *
 * A person may have put other things into the folder. Only what has the name of an entry, and a marker or a record of
 * ours, is ever removed.
 */
export class CompiledCache {
  /** What a person chose, which may hold other things. */
  readonly #cacheFolder: string;
  readonly #folder: string;
  readonly #limitBytes: number;

  /** @param limitBytes the size above which the entries that were not used for longest are removed. */
  constructor(folder: string, limitBytes: number) {
    this.#cacheFolder = folder;
    this.#folder = join(folder, 'compiled-models');
    this.#limitBytes = limitBytes;
  }

  /**
   * The folder of an entry, or undefined where it must be compiled. A damaged entry is removed: one with a file that is
   * missing, has another size, or has another digest than the one that was recorded. A file that was not written to is
   * read for its digest once after each start of the machine.
   *
   * @param key 32 digits in hexadecimal
   */
  async find(key: string): Promise<string | undefined> {
    const folder = this.#folderOf(key);
    if (!(await this.#isUndamaged(key, 'sinceStart'))) {
      await this.#removeEntry(key);
      return undefined;
    }
    await markUsed(folder);
    return folder;
  }

  /**
   * Makes an entry of the files that `write` puts into the folder it is given. Where another process stores the same
   * key meanwhile, the first to finish provides the entry. Older entries make room before.
   *
   * @param key 32 digits in hexadecimal
   * @returns the entry's folder.
   * @throws VitrineError `cache.limit`, `cache.full`, `cache.notWritable` or `cache.occupied`, and what `write` throws; nothing is left
   * behind then.
   */
  async store(key: string, entry: NewEntry, write: (temporaryFolder: string) => Promise<void>): Promise<string> {
    try {
      return await this.#build(key, entry, write);
    } catch (error) {
      throw await explainStorageError(error, this.#folder, entry.name, entry.expectedBytes);
    }
  }

  /** Every entry, the one used last first. @throws VitrineError `cache.unreadable` */
  async entries(): Promise<CacheEntry[]> {
    const entries: CacheEntry[] = [];
    for (const key of await this.#keys()) {
      const record = await readEntry(this.#folderOf(key));
      if (record !== undefined) {
        const { name, source, weights, created, used, files } = record;
        const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
        entries.push({ key, name, source, weights, bytes, created: new Date(created), used });
      }
    }
    return entries.sort((one, other) => other.used.getTime() - one.used.getTime());
  }

  /**
   * Reads every file of every entry, and removes the entries that are damaged.
   *
   * @returns what is whole and what was removed
   * @throws VitrineError `cache.unreadable`
   */
  async verify(): Promise<{ whole: CacheEntry[]; damaged: CacheEntry[] }> {
    const whole: CacheEntry[] = [];
    const damaged: CacheEntry[] = [];
    for (const entry of await this.entries()) {
      const isWhole = await this.#isUndamaged(entry.key, 'never');
      (isWhole ? whole : damaged).push(entry);
      if (!isWhole) await this.#removeEntry(entry.key);
    }
    return { whole, damaged };
  }

  /**
   * Removes every entry; one that Windows keeps because a process uses it stays. Returns what was removed.
   *
   * @throws VitrineError `cache.unreadable`
   */
  async clear(): Promise<{ entries: number; bytes: number }> {
    const cleared = { entries: 0, bytes: 0 };
    for (const { key, bytes } of await this.entries()) {
      if (await this.#removeEntry(key)) {
        cleared.entries += 1;
        cleared.bytes += bytes;
      }
    }
    await this.#removeUnreadable();
    await this.removeLeftovers();
    return cleared;
  }

  /** Removes what processes that have ended left half-written. */
  async removeLeftovers(): Promise<void> {
    await removeLeftovers(this.#folder);
    await removeLeftovers(this.#cacheFolder);
  }

  async #build(key: string, entry: NewEntry, write: (temporaryFolder: string) => Promise<void>): Promise<string> {
    await makeFolder(this.#folder);
    await this.removeLeftovers();
    await this.#removeUnreadable();
    await this.#makeRoom(entry);
    return withTemporaryFolder(this.#folder, async (temporary) => {
      await write(temporary);
      await recordEntry(temporary, entry, this.#cacheFolder);
      return this.#publish(temporary, key);
    });
  }

  async #publish(temporary: string, key: string): Promise<string> {
    const folder = this.#folderOf(key);
    try {
      await rename(temporary, folder);
    } catch {
      // There is one already. Unless it is damaged, another process has finished first.
      if ((await this.find(key)) !== undefined) return folder;
      if (await isFolder(folder)) throw occupied(folder);
      await rename(temporary, folder);
    }
    return folder;
  }

  async #makeRoom({ name, expectedBytes }: NewEntry): Promise<void> {
    // Nothing that is removed would make it fit.
    if (expectedBytes > this.#limitBytes) {
      throw new VitrineError(
        'cache.limit',
        sentence`${name} takes ${{ bytes: expectedBytes }} when it is compiled, and all compiled models together may take ${{ bytes: this.#limitBytes }}. Let them take more (the setting vitrine.cacheSizeGB), or choose a smaller model.`,
      );
    }
    const entries = await this.entries();
    let total = expectedBytes + entries.reduce((sum, entry) => sum + entry.bytes, 0);
    for (const oldest of entries.reverse()) {
      if (total > this.#limitBytes && (await this.#removeEntry(oldest.key))) {
        total -= oldest.bytes;
      }
    }
  }

  async #isUndamaged(key: string, trust: 'sinceStart' | 'never'): Promise<boolean> {
    const folder = this.#folderOf(key);
    const record = await readEntry(folder);
    return record !== undefined && (await isAsRecorded(folder, record, this.#cacheFolder, { trust }));
  }

  /** Removes our folders that have lost their record: no key would ever be looked up to find the damage. */
  async #removeUnreadable(): Promise<void> {
    for (const key of await this.#keys()) {
      if ((await readEntry(this.#folderOf(key))) === undefined) await this.#removeEntry(key);
    }
  }

  /** Removes an entry, and never anything else. @returns whether it is gone */
  async #removeEntry(key: string): Promise<boolean> {
    const folder = this.#folderOf(key);
    const isOurs = KEY.test(key) && ((await isMarked(folder)) || (await readEntry(folder)) !== undefined);
    return isOurs && (await isFolder(folder)) && (await removeFolder(folder));
  }

  async #keys(): Promise<string[]> {
    const children = await readdir(this.#folder, { withFileTypes: true }).catch((error: unknown) => {
      // Before the first entry there is no folder.
      if (systemCodeOf(error) === 'ENOENT') return [];
      throw new VitrineError(
        'cache.unreadable',
        sentence`The folder of compiled models ${this.#folder} cannot be read: ${reasonOf(error)}.`,
        { cause: error },
      );
    });
    return children.filter((child) => child.isDirectory() && KEY.test(child.name)).map((child) => child.name);
  }

  #folderOf(key: string): string {
    return join(this.#folder, key);
  }
}

function occupied(folder: string): VitrineError {
  return new VitrineError(
    'cache.occupied',
    sentence`${folder} is in the way of a compiled model, and Vitrine did not make it: move it elsewhere.`,
  );
}
