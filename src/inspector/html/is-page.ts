import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { GENERATOR } from './html';

/** It stands near the beginning, before all that is long. */
const BEGINNING_BYTES = 4096;

/** Whether a file is a page of `inspectorHtml`, or empty: then nothing is lost with it. */
export async function isInspectorPage(path: string): Promise<boolean> {
  // To open a named pipe would wait for a writer that may never come. Windows has no such flag, and needs none.
  const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch(() => undefined);
  try {
    const stats = await handle?.stat();
    if (handle === undefined || !stats?.isFile()) return false;
    if (stats.size === 0) return true;
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(BEGINNING_BYTES), 0, BEGINNING_BYTES, 0);
    return buffer.toString('utf8', 0, bytesRead).includes(GENERATOR);
  } finally {
    await handle?.close();
  }
}
