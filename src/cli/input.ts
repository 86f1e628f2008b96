import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { formatBytes } from '../display/format-bytes';
import { reasonText } from '../display/sentences';
import { VitrineError } from '../shared/errors';
import { systemCodeOf } from '../shared/system-errors';
import { warn } from './output';
import { UsageError } from './usage-error';

/** No context is so long that more could be read; it keeps an endless stream from filling the memory. */
const LIMIT_BYTES = 64e6;

/**
 * The text of `[TEXT | --file PATH | -]`, exactly as it stands there: a byte order mark and a last newline are text too.
 * Bytes that are no UTF-8 are read as U+FFFD, with a warning.
 */
export async function readInput(text: string | undefined, file: string | undefined): Promise<string> {
  if ((text === undefined) === (file === undefined)) {
    throw new UsageError('Give either a text, or --file PATH, or - for the standard input.');
  }
  if (file !== undefined) return decode(await readable(readAll(createReadStream(file), file), file), file);
  if (text !== '-') return text ?? '';
  const name = 'The standard input';
  return decode(await readable(readAll(process.stdin, name), name), name);
}

/** @throws VitrineError `input.unreadable` where what reads a file, or what stands for one, fails */
export async function readable<T>(reading: Promise<T>, path: string): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    throw error instanceof VitrineError ? error : new VitrineError('input.unreadable', sentenceOf(error, path));
  }
}

async function readAll(stream: NodeJS.ReadableStream, name: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    chunks.push(Buffer.from(chunk));
    bytes += chunk.length;
    if (bytes > LIMIT_BYTES) {
      throw new VitrineError(
        'input.long',
        `${name} has more than ${formatBytes(LIMIT_BYTES)} of text. Take a part of it.`,
      );
    }
  }
  return Buffer.concat(chunks);
}

function decode(bytes: Buffer, name: string): string {
  if (!isUtf8(bytes)) warn(`${name} is not all UTF-8: what is no text in it was read as U+FFFD.`);
  else if (bytes.includes(0)) warn(`${name} has NUL characters, as binary files do: they were read as text.`);
  return bytes.toString('utf8');
}

function sentenceOf(error: unknown, path: string): string {
  switch (systemCodeOf(error)) {
    case 'ENOENT':
      return `There is no file ${path}.`;
    case 'EISDIR':
      return `${path} is a folder. Name a file in it.`;
    case 'EACCES':
      return `${path} may not be read. Change its permissions, or take a copy.`;
    default:
      return `${path} could not be read: ${reasonText(error)}.`;
  }
}
