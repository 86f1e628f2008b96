import { type FileHandle, open, stat } from 'node:fs/promises';
import { sentence, VitrineError } from '../../shared/errors';
import { isMissing, reasonOf } from '../../shared/system-errors';

/** What tells a file from what it was before. */
export interface FileState {
  bytes: number;
  modified: number;
}

/** A file that is read in parts. */
export class OpenFile {
  readonly path: string;
  /** As it was when it was opened. */
  readonly state: FileState;
  readonly #handle: FileHandle;

  private constructor(path: string, handle: FileHandle, state: FileState) {
    this.path = path;
    this.#handle = handle;
    this.state = state;
  }

  /** @throws VitrineError `dataset.unreadable` */
  static async open(path: string): Promise<OpenFile> {
    return orUnreadable(path, async () => {
      const handle = await open(path, 'r');
      const stats = await handle.stat();
      return new OpenFile(path, handle, { bytes: stats.size, modified: stats.mtimeMs });
    });
  }

  /** Whether the file on disk is another than was opened, longer or of another time. */
  async isChanged(): Promise<boolean> {
    try {
      const { size, mtimeMs } = await stat(this.path);
      return size !== this.state.bytes || mtimeMs !== this.state.modified;
    } catch (error) {
      if (isMissing(error)) return true;
      throw error;
    }
  }

  /** Fills an array from a place of the file. @returns how much of it, as far as the file goes. @throws VitrineError `dataset.unreadable` */
  async read(bytes: Uint8Array, at: number): Promise<number> {
    return orUnreadable(this.path, async () => {
      let filled = 0;
      while (filled < bytes.length) {
        const { bytesRead } = await this.#handle.read(bytes, filled, bytes.length - filled, at + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return filled;
    });
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}

async function orUnreadable<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw new VitrineError('dataset.unreadable', sentence`${path} cannot be read: ${reasonOf(error)}.`, {
      cause: error,
    });
  }
}
