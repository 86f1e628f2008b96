import { createHash, type Hash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { extname } from 'node:path';
import type { DocumentSource } from '../documents/document-source';
import { OpenFile } from '../file/open-file';

/** Read at once. */
const PIECE_BYTES = 1 << 20;

/** What a data set holds, whatever it is called: a SHA-256 in hexadecimal. @throws VitrineError `dataset.unreadable`, AbortError */
export async function contentKey(source: DocumentSource, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  if ((await stat(source.path)).isDirectory()) await addDocuments(hash, source, signal);
  else await addFile(hash, source.path, signal);
  return hash.digest('hex');
}

/** The ending says how a file is read. */
async function addFile(hash: Hash, path: string, signal: AbortSignal): Promise<void> {
  hash.update(`${extname(path).toLowerCase()}\n`);
  const file = await OpenFile.open(path);
  try {
    // Used again for each piece: a stream makes a new one each time, which are not given back at once.
    const piece = Buffer.allocUnsafe(PIECE_BYTES);
    for (let at = 0, read = PIECE_BYTES; read === PIECE_BYTES; at += read) {
      signal.throwIfAborted();
      read = await file.read(piece, at);
      hash.update(piece.subarray(0, read));
    }
  } finally {
    await file.close();
  }
}

async function addDocuments(hash: Hash, source: DocumentSource, signal: AbortSignal): Promise<void> {
  for await (const { text } of source.stream(0, source.count)) {
    signal.throwIfAborted();
    hash.update(`${Buffer.byteLength(text)}\n`).update(text);
  }
}
