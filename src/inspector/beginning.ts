import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

/** The first bytes of a file; undefined where it is none, or may not be read. */
export async function readBeginning(path: string, bytes: number): Promise<Buffer | undefined> {
  // To open a named pipe would wait for a writer that may never come. Windows has no such flag, and needs none.
  const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch(() => undefined);
  try {
    const stats = await handle?.stat();
    if (handle === undefined || !stats?.isFile()) return undefined;
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(bytes), 0, bytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle?.close();
  }
}
