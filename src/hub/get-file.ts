import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { cancelled, sentence, VitrineError } from '../shared/errors';
import { isMissing } from '../shared/system-errors';
import { isPassing, MOST_TRIES, pauseBefore, pauseFor } from './ask';
import { hasChecksum } from './checksum';
import { chunksFrom, type Source, wrongLength } from './file-source';
import { blobOf, bytesBegun, incompleteOf, isHere, type ModelFolder } from './model-folder';

/** An attempt that brings as much is no failure, however often the connection breaks. */
const PROGRESS_BYTES = 2 ** 20;

/** Told how many bytes more are written, or are not counted any longer, and then how many are checked. */
export interface FileReport {
  written(bytes: number): void;
  checked(bytes: number): void;
}

/**
 * Brings a file of the hub to its blob, from where it broke off before, and checks it as it stands on the disk.
 *
 * The library's own `downloadFileToCacheDir` begins anew each time, takes whatever comes for the file, and asks for it by a
 * protocol (Xet) whose parts it cannot resume. Nothing here locks: whoever else writes the same blob writes the same bytes
 * to the same places, and what is on the disk is checked as a whole.
 *
 * @throws VitrineError
 */
export async function getFile(source: Source, folder: ModelFolder, report: FileReport): Promise<void> {
  const { file } = source;
  await mkdir(folder.blobs, { recursive: true });
  await writeRest(source, incompleteOf(folder, file), await bytesBegun(folder, file), report);
  try {
    await check(source, incompleteOf(folder, file), report);
    await rename(incompleteOf(folder, file), blobOf(folder, file));
  } catch (error) {
    // Where another process has been faster, the blob has its name already.
    if (!isMissing(error) || !(await isHere(folder, file))) throw error;
  }
}

/** @throws VitrineError `hub.checksum`; the file is gone then. */
async function check({ hub, file, signal }: Source, part: string, { checked }: FileReport): Promise<void> {
  const isRight = await hasChecksum(part, file.bytes, file.checksum, signal, checked).catch((error: unknown) => {
    throw signal.aborted ? cancelled() : error;
  });
  if (isRight) return;
  await rm(part, { force: true });
  throw new VitrineError(
    'hub.checksum',
    sentence`${file.path} did not come as ${hub.host} says it is: its checksum is another. It has been removed: get it again.`,
  );
}

/** Writes what is missing of a file, however often the connection breaks, as long as something comes. */
async function writeRest(source: Source, part: string, begun: number, report: FileReport): Promise<void> {
  const { hub, file } = source;
  const handle = await open(part, constants.O_RDWR | constants.O_CREAT);
  try {
    // What another process writes at the same time stays: only what is too long is none of it.
    if ((await handle.stat()).size > file.bytes) await handle.truncate();
    let written = begun;
    let tried = 0;
    while (written < file.bytes) {
      const before = written;
      let failure: unknown = wrongLength(source);
      try {
        for await (const { chunk, position } of chunksFrom(source, written)) {
          await writeAll(handle, chunk, position);
          report.written(position + chunk.length - written);
          written = position + chunk.length;
        }
      } catch (error) {
        if (!isPassing(error)) throw error;
        failure = error;
      }
      if (written === file.bytes) break;
      tried = written - before >= PROGRESS_BYTES ? 0 : tried + 1;
      if (tried === MOST_TRIES) throw failure;
      await pauseFor(pauseBefore(hub, Math.max(1, tried)), source);
    }
    // Only what is on the disk may be given its name.
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function writeAll(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let written = 0; written < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, written, bytes.length - written, position + written);
    written += bytesWritten;
  }
}
