import { type FileHandle, open, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import * as v from 'valibot';

/** Describes the other files of its folder. Its own modification time is the entry's last use. */
const ENTRY_FILE = 'entry.json';

const CHUNK_BYTES = 8 * 2 ** 20;

const recordedFile = v.object({
  name: v.string(),
  bytes: v.number(),
  /** Milliseconds since 1970, with the file system's own fraction. */
  modified: v.number(),
  crc32: v.number(),
});

const entryRecord = v.object({
  /** The model's name, for people. */
  name: v.string(),
  /** The path of the model file. */
  source: v.string(),
  /** Milliseconds since 1970. */
  created: v.number(),
  files: v.array(recordedFile),
});

export type RecordedFile = v.InferOutput<typeof recordedFile>;

export interface EntryRecord extends v.InferOutput<typeof entryRecord> {
  /** The last use. */
  used: Date;
}

/** Brings every file of a folder to the disk and writes the record of them beside them. */
export async function recordEntry(folder: string, name: string, source: string): Promise<void> {
  const files: RecordedFile[] = [];
  for (const file of await readdir(folder)) {
    files.push(await recordFile(folder, file));
  }
  const record: v.InferOutput<typeof entryRecord> = { name, source, created: Date.now(), files };
  await writeFile(join(folder, ENTRY_FILE), JSON.stringify(record, undefined, 2), { flush: true });
}

/** The record of an entry, or undefined where it is missing or is none. */
export async function readEntry(folder: string): Promise<EntryRecord | undefined> {
  const file = join(folder, ENTRY_FILE);
  try {
    const record = v.parse(entryRecord, JSON.parse(await readFile(file, 'utf8')));
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

/** Whether a file is as it was recorded, by its size and checksum. */
export async function hasRecordedContent(folder: string, file: RecordedFile): Promise<boolean> {
  return withFile(folder, file.name, 'r', async (handle) => {
    return (await handle.stat()).size === file.bytes && (await checksum(handle)) === file.crc32;
  }).catch(() => false);
}

/**
 * The same, but a file that has its recorded modification time is not read: whatever writes to a file changes that,
 * and the checksum of 540 MB takes 0.2 s, too long for every start.
 */
export async function seemsUnchanged(folder: string, file: RecordedFile): Promise<boolean> {
  const stats = await stat(join(folder, file.name)).catch(() => undefined);
  if (stats?.size !== file.bytes) {
    return false;
  }
  return stats.mtimeMs === file.modified || hasRecordedContent(folder, file);
}

async function recordFile(folder: string, name: string): Promise<RecordedFile> {
  // Windows brings only what is open for writing to the disk.
  return withFile(folder, name, 'r+', async (handle) => {
    const [sum] = await Promise.all([checksum(handle), handle.sync()]);
    const { size, mtimeMs } = await handle.stat();
    return { name, bytes: size, modified: mtimeMs, crc32: sum };
  });
}

async function checksum(handle: FileHandle): Promise<number> {
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  let sum = 0;
  for (;;) {
    const { bytesRead } = await handle.read(chunk, 0, chunk.length, null);
    if (bytesRead === 0) {
      return sum;
    }
    sum = crc32(chunk.subarray(0, bytesRead), sum);
  }
}

async function withFile<T>(
  folder: string,
  name: string,
  flags: string,
  use: (handle: FileHandle) => Promise<T>,
): Promise<T> {
  const handle = await open(join(folder, name), flags);
  try {
    return await use(handle);
  } finally {
    await handle.close();
  }
}
