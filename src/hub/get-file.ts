import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { sentence, VitrineError } from '../shared/errors';
import { ask, cancelled, isPassing, MOST_TRIES, pauseBefore, pauseFor } from './ask';
import { hasChecksum } from './checksum';
import type { Hub } from './hub';
import { blobOf, bytesBegun, incompleteOf, type ModelFolder } from './model-folder';
import type { HubFile, Repository } from './repository';

/** An attempt that brings as much is no failure, however often the connection breaks. */
const PROGRESS_BYTES = 2 ** 20;

/** A file of the hub, and what ends its fetching. */
export interface Source {
  hub: Hub;
  repository: Repository;
  file: HubFile;
  signal: AbortSignal;
}

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
  const { hub, file, signal } = source;
  const part = incompleteOf(folder, file);
  await mkdir(folder.blobs, { recursive: true });
  await writeRest(source, part, await bytesBegun(folder, file), report);
  const isRight = await hasChecksum(part, file.bytes, file.checksum, signal, report.checked).catch((error: unknown) => {
    throw signal.aborted ? cancelled() : error;
  });
  if (!isRight) {
    await rm(part, { force: true });
    throw new VitrineError(
      'hub.checksum',
      sentence`${file.path} did not come as ${hub.host} says it is: its checksum is another. It has been removed: get it again.`,
    );
  }
  await rename(part, blobOf(folder, file));
}

/** Writes what is missing of a file, however often the connection breaks, as long as something comes. */
async function writeRest(source: Source, part: string, begun: number, report: FileReport): Promise<void> {
  const { hub, file, signal } = source;
  const handle = await open(part, constants.O_RDWR | constants.O_CREAT);
  try {
    if (begun === 0) await handle.truncate();
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
      await pauseFor(pauseBefore(hub, Math.max(1, tried)), signal);
    }
    // Only what is on the disk may be given its name.
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** What the hub sends of a file from one of its bytes on, or from the first where it only sends the whole. */
async function* chunksFrom(source: Source, from: number): AsyncGenerator<{ chunk: Uint8Array; position: number }> {
  const { hub, repository, file, signal } = source;
  const path = file.path.split('/').map(encodeURIComponent).join('/');
  const { response, chunks } = await ask(
    hub,
    `${hub.endpoint}/${repository.name}/resolve/${repository.revision}/${path}`,
    {
      subject: { repository: repository.name, gated: repository.gated, path: file.path },
      // A packed answer could not be gone on with.
      headers: { range: `bytes=${from}-`, 'accept-encoding': 'identity' },
      signal,
    },
  );
  let position = response.status === 206 ? from : 0;
  if (!saysLength(response, from, file.bytes)) {
    await response.body?.cancel();
    throw wrongLength(source);
  }
  for await (const chunk of chunks) {
    if (position + chunk.length > file.bytes) throw wrongLength(source);
    yield { chunk, position };
    position += chunk.length;
  }
}

/** Whether an answer, by its headers, has what was asked for of a file of so many bytes. */
function saysLength({ status, headers }: Response, from: number, bytes: number): boolean {
  if (status !== 206) return Number(headers.get('content-length') ?? bytes) === bytes;
  const [, start, total = '*'] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers.get('content-range') ?? '') ?? [];
  return Number(start) === from && (total === '*' || Number(total) === bytes);
}

async function writeAll(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let written = 0; written < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, written, bytes.length - written, position + written);
    written += bytesWritten;
  }
}

function wrongLength({ hub: { host }, file: { path, bytes } }: Source): VitrineError {
  return new VitrineError(
    'hub.length',
    sentence`${path} has ${{ bytes }}, as ${host} says itself, and it sends another length. Try again later.`,
  );
}
