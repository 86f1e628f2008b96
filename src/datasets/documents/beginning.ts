import { sentence, VitrineError } from '../../shared/errors';
import { OpenFile } from '../file/open-file';

/** Enough to see how a file is written. */
const BEGINNING_BYTES = 1 << 20;

/**
 * The beginning of a file of text, with U+FFFD for what is not UTF-8.
 *
 * @throws VitrineError `dataset.unreadable`, `dataset.utf16`
 */
export async function beginningOf(path: string): Promise<string> {
  const bytes = await firstBytes(path);
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (isUtf16) throw new VitrineError('dataset.utf16', sentence`${path} is written in UTF-16. Save it as UTF-8.`);
  return new TextDecoder().decode(bytes);
}

async function firstBytes(path: string): Promise<Uint8Array> {
  const file = await OpenFile.open(path);
  try {
    const bytes = Buffer.alloc(BEGINNING_BYTES);
    return bytes.subarray(0, await file.read(bytes, 0));
  } finally {
    await file.close();
  }
}
