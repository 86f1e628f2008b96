import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import * as v from 'valibot';
import { sentence, VitrineError } from '../../shared/errors';
import { reasonOf } from '../../shared/system-errors';
import { readJsonList, writeJsonList } from './json-list';
import { machineStart } from './machine-start';
import { openRegular } from './read-file';

const MEMO_FILE = 'identities.json';

const CHUNK_BYTES = 2 ** 20;

/** Places of a file that are read every time, and bytes at each. */
const SAMPLES = 64;
const SAMPLE_BYTES = 4096;

/** A file that was changed so short a time ago may be changed again without its times showing it. */
const TICK_NS = 100_000_000n;

/** A file as it was when it was hashed. Big integers as decimal text. */
const memo = v.object({
  device: v.string(),
  inode: v.string(),
  size: v.string(),
  modifiedNs: v.string(),
  /** Of its content or its attributes: unlike the other time, nobody can set it. */
  changedNs: v.string(),
  /** When the machine was started. */
  start: v.string(),
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
});

type Memo = v.InferOutput<typeof memo>;
type FileState = Omit<Memo, 'sha256'>;

export interface DigestOptions {
  /**
   * What is remembered to have been read: ever since the file changed (the default), since the machine was started, by
   * this process itself, or nothing.
   */
  trust?: 'always' | 'sinceStart' | 'ownReading' | 'never';
}

/** By state, the digests that this process computed: nobody else can have written to them. */
const ownReadings = new Map<string, string>();

/**
 * What a model file contains, whatever it is called: its SHA-256 in hexadecimal.
 *
 * @throws VitrineError `model.unreadable`
 */
export async function fileIdentity(path: string, cacheFolder: string, options?: DigestOptions): Promise<string> {
  return readable(path, () => fileDigest(path, cacheFolder, options));
}

/**
 * Whether a model file's identity is known without reading it through.
 *
 * @throws VitrineError `model.unreadable`
 */
export async function isIdentityKnown(path: string, cacheFolder: string): Promise<boolean> {
  const state = await readable(path, () => withFile(path, stateOf));
  return (await readJsonList(cacheFolder, MEMO_FILE, memo)).some((one) => isSame(one, state, false));
}

/**
 * A digest of a model file's size and of 64 places of it, in hexadecimal. It is read anew every time, in a millisecond,
 * and so holds what is remembered of the whole file to what is there.
 *
 * @throws VitrineError `model.unreadable`
 */
export async function fileSample(path: string): Promise<string> {
  return readable(path, () => withFile(path, sample));
}

/**
 * The SHA-256 of a regular file, in hexadecimal. A file that has not changed since the last time is not read again; the
 * cache folder remembers the last 64 files.
 *
 * @throws Error of the system.
 */
export async function fileDigest(
  path: string,
  cacheFolder: string,
  { trust = 'always' }: DigestOptions = {},
): Promise<string> {
  return withFile(path, async (handle) => {
    // Before it is read: a file that changes meanwhile will not match the next time.
    const state = await stateOf(handle);
    const known = await readJsonList(cacheFolder, MEMO_FILE, memo);
    const remembered = {
      always: () => known.find((one) => isSame(one, state, false))?.sha256,
      sinceStart: () => known.find((one) => isSame(one, state, true))?.sha256,
      ownReading: () => ownReadings.get(JSON.stringify(state)),
      never: () => undefined,
    }[trust]();
    if (remembered !== undefined) return remembered;
    const sha256 = await hash(handle);
    if (isSettled(state)) ownReadings.set(JSON.stringify(state), sha256);
    const others = known.filter(({ device, inode }) => device !== state.device || inode !== state.inode);
    await writeJsonList(cacheFolder, MEMO_FILE, isSettled(state) ? [{ ...state, sha256 }, ...others] : others);
    return sha256;
  });
}

async function stateOf(handle: FileHandle): Promise<FileState> {
  const { dev, ino, size, mtimeNs, ctimeNs } = await handle.stat({ bigint: true });
  return {
    device: String(dev),
    inode: String(ino),
    size: String(size),
    modifiedNs: String(mtimeNs),
    changedNs: String(ctimeNs),
    start: await machineStart(),
  };
}

function isSame(one: FileState, other: FileState, sinceStart: boolean): boolean {
  const fields = ['device', 'inode', 'size', 'modifiedNs', 'changedNs'] as const;
  return fields.every((field) => one[field] === other[field]) && (!sinceStart || one.start === other.start);
}

function isSettled({ changedNs }: FileState): boolean {
  return BigInt(Date.now()) * 1_000_000n - BigInt(changedNs) > TICK_NS;
}

async function hash(handle: FileHandle): Promise<string> {
  const digest = createHash('sha256');
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  for (let at = 0; ; ) {
    const { bytesRead } = await handle.read(chunk, 0, chunk.length, at);
    if (bytesRead === 0) return digest.digest('hex');
    digest.update(chunk.subarray(0, bytesRead));
    at += bytesRead;
  }
}

async function sample(handle: FileHandle): Promise<string> {
  const { size } = await handle.stat();
  const digest = createHash('sha256').update(`${size} `);
  const last = Math.max(0, size - SAMPLE_BYTES);
  for (let place = 0; place < SAMPLES; place++) {
    const at = Math.floor((last * place) / (SAMPLES - 1));
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(SAMPLE_BYTES), 0, SAMPLE_BYTES, at);
    digest.update(buffer.subarray(0, bytesRead));
  }
  return digest.digest('hex');
}

async function withFile<T>(path: string, use: (handle: FileHandle) => Promise<T>): Promise<T> {
  const handle = await openRegular(path);
  try {
    return await use(handle);
  } finally {
    await handle.close();
  }
}

async function readable<T>(path: string, read: () => Promise<T>): Promise<T> {
  return read().catch((error: unknown) => {
    throw new VitrineError('model.unreadable', sentence`${path} cannot be read: ${reasonOf(error)}.`, { cause: error });
  });
}
