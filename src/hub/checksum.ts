import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** What the hub says of a file's content: of large ones their SHA-256, of the others git's own name for them. */
export interface Checksum {
  algorithm: 'sha256' | 'git-sha1';
  hex: string;
}

const BLOCK_BYTES = 2 ** 20;

/** Whether a file has the content that the hub says. @param onRead is told of bytes read */
export async function hasChecksum(
  path: string,
  bytes: number,
  { algorithm, hex }: Checksum,
  signal: AbortSignal,
  onRead: (bytes: number) => void,
): Promise<boolean> {
  const hash = algorithm === 'sha256' ? createHash('sha256') : createHash('sha1').update(`blob ${bytes}\0`);
  for await (const block of createReadStream(path, { highWaterMark: BLOCK_BYTES, signal })) {
    hash.update(block);
    onRead(block.length);
  }
  return hash.digest('hex') === hex;
}
