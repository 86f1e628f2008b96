import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import * as v from 'valibot';
import { messageOf, sentence, VitrineError } from '../../shared/errors';
import { readMemos, writeMemos } from './memo';

const MEMO_FILE = 'identities.json';

/** A file as it was when it was hashed. Big integers as decimal text. */
const memo = v.object({
  path: v.string(),
  size: v.string(),
  modifiedNs: v.string(),
  inode: v.string(),
  sha256: v.string(),
});

type FileState = Omit<v.InferOutput<typeof memo>, 'sha256'>;

/**
 * What a file contains, whatever it is called: its SHA-256 in hexadecimal. A file that has not changed since the last
 * time is not read again; the cache folder remembers the last 64 files.
 *
 * @throws VitrineError `model.unreadable`
 */
export async function fileIdentity(path: string, cacheFolder: string): Promise<string> {
  try {
    // Before it is read: a file that changes meanwhile will not match the next time.
    const state = await stateOf(path);
    const known = await readMemos(cacheFolder, MEMO_FILE, memo);
    const match = known.find((one) => isSame(one, state));
    if (match !== undefined) {
      return match.sha256;
    }
    const sha256 = await hashFile(path);
    const others = known.filter((one) => one.path !== state.path);
    await writeMemos(cacheFolder, MEMO_FILE, [{ ...state, sha256 }, ...others]);
    return sha256;
  } catch (error) {
    throw new VitrineError('model.unreadable', sentence`${path} cannot be read: ${messageOf(error)}.`, {
      cause: error,
    });
  }
}

async function stateOf(path: string): Promise<FileState> {
  const real = await realpath(path);
  const { size, mtimeNs, ino } = await stat(real, { bigint: true });
  return { path: real, size: String(size), modifiedNs: String(mtimeNs), inode: String(ino) };
}

function isSame(one: FileState, other: FileState): boolean {
  return (
    one.path === other.path &&
    one.size === other.size &&
    one.modifiedNs === other.modifiedNs &&
    one.inode === other.inode
  );
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 2 ** 20 }), hash);
  return hash.digest('hex');
}
