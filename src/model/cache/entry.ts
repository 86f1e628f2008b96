import { open, readdir, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { type DigestOptions, fileDigest } from './identity';
import { MARKER_FILE } from './marker';
import { readSmallFile } from './read-file';

/** Describes the other files of its folder. Its own modification time is the entry's last use. */
const ENTRY_FILE = 'entry.json';

/** What is in the folder beside the files that are recorded. */
const OWN_FILES: readonly string[] = [ENTRY_FILE, MARKER_FILE];

const recordedFile = v.object({
  name: v.string(),
  bytes: v.number(),
  /** In hexadecimal. Records that were written before there was one are no longer believed. */
  sha256: v.optional(v.string()),
});

const entryRecord = v.object({
  /** The model's name, for people. */
  name: v.string(),
  /** The path of the model file. */
  source: v.string(),
  /** How its weights are kept: one model may be there in several forms. Former records lack it. */
  weights: v.optional(v.string()),
  /** Milliseconds since 1970. */
  created: v.number(),
  files: v.pipe(v.array(recordedFile), v.minLength(1)),
});

export interface EntryRecord extends v.InferOutput<typeof entryRecord> {
  /** The last use. */
  used: Date;
}

/** Brings every file of a folder to the disk and writes the record of them beside them. */
export async function recordEntry(
  folder: string,
  { name, source, weights }: Pick<EntryRecord, 'name' | 'source' | 'weights'>,
  cacheFolder: string,
): Promise<void> {
  const files: v.InferOutput<typeof recordedFile>[] = [];
  for (const file of await readdir(folder)) {
    if (file === MARKER_FILE) continue;
    const path = join(folder, file);
    // The disk is slow and the digest reads what is still in memory: one does not wait for the other.
    const [sha256] = await Promise.all([fileDigest(path, cacheFolder), bringToDisk(path)]);
    files.push({ name: file, bytes: (await stat(path)).size, sha256 });
  }
  const record: v.InferInput<typeof entryRecord> = { name, source, weights, created: Date.now(), files };
  await writeFile(join(folder, ENTRY_FILE), JSON.stringify(record, undefined, 2), { flush: true });
}

/** The record of an entry, or undefined where it is missing or is none. */
export async function readEntry(folder: string): Promise<EntryRecord | undefined> {
  const file = join(folder, ENTRY_FILE);
  try {
    const record = v.parse(entryRecord, JSON.parse(await readSmallFile(file)));
    return { ...record, used: (await stat(file)).mtime };
  } catch {
    return undefined;
  }
}

/** In a cache that can only be read this is impossible, and no loss. */
export async function markUsed(folder: string): Promise<void> {
  const now = new Date();
  await utimes(join(folder, ENTRY_FILE), now, now).catch(() => {});
}

/**
 * Whether an entry has exactly the files that were recorded, and they are as they were: by their sizes, and by their
 * digests where those are not known. (The digest of 540 MB takes from 0.3 to 1.5 s, too long for every start.)
 */
export async function isAsRecorded(
  folder: string,
  { files }: EntryRecord,
  cacheFolder: string,
  options: DigestOptions,
): Promise<boolean> {
  const recorded = new Set(files.map(({ name }) => name));
  const present = (await readdir(folder).catch(() => [])).filter((name) => !OWN_FILES.includes(name));
  if (present.length !== recorded.size || !present.every((name) => recorded.has(name))) return false;
  for (const { name, bytes, sha256 } of files) {
    const path = join(folder, name);
    const size = (await stat(path).catch(() => undefined))?.size;
    if (size !== bytes || sha256 === undefined) return false;
    if ((await fileDigest(path, cacheFolder, options).catch(() => undefined)) !== sha256) return false;
  }
  return true;
}

async function bringToDisk(path: string): Promise<void> {
  // Windows brings only what is open for writing to the disk.
  const handle = await open(path, 'r+');
  await handle.sync();
  await handle.close();
}
