import { appendFile, open, rename, rm } from 'node:fs/promises';
import { isMissing } from '../shared/system-errors';
import { type FoundRecord, findRecords } from './record-bytes';

/** Some thousand small records are looked through in a few milliseconds. */
const PIECE_BYTES = 1 << 18;

/** The records of a file from a place on, in order; none where there is no file. */
export async function* recordsFrom(path: string, from: number): AsyncGenerator<FoundRecord> {
  const file = await open(path, 'r').catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  if (!file) return;
  try {
    let rest = Buffer.alloc(0);
    let restStart = from;
    for (let isEnd = false; !isEnd; ) {
      const piece = Buffer.allocUnsafe(PIECE_BYTES);
      const { bytesRead } = await file.read(piece, 0, PIECE_BYTES, restStart + rest.length);
      isEnd = bytesRead === 0;
      const bytes = Buffer.concat([rest, piece.subarray(0, bytesRead)]);
      const found = findRecords(bytes, isEnd);
      for (const record of found.records) yield { ...record, start: restStart + record.start };
      rest = bytes.subarray(found.rest);
      restStart += found.rest;
    }
  } finally {
    await file.close();
  }
}

/** The bytes of a record; fewer where the file has become shorter. */
export async function readRecord(path: string, { start, size }: Omit<FoundRecord, 'key'>): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size), 0, size, start);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Adds bytes in one piece, so that none of another window come between them. @returns how many the file has then */
export async function appendAtOnce(path: string, bytes: Buffer): Promise<number> {
  const file = await open(path, 'a');
  try {
    await file.write(bytes);
    return (await file.stat()).size;
  } finally {
    await file.close();
  }
}

/** Writes these records into another file, which takes the place of this one whole. */
export async function keepRecords(path: string, kept: readonly FoundRecord[]): Promise<void> {
  const temporary = `${path}.${process.pid}`;
  try {
    await rm(temporary, { force: true });
    await appendFile(temporary, '');
    for (const record of kept) await appendFile(temporary, await readRecord(path, record));
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
}
