import { isUtf8 } from 'node:buffer';
import { existsSync } from 'node:fs';
import { type Sentence, sentence, VitrineError } from '../../shared/errors';
import { openFile } from '../checkpoint/byte-source';
import { isObject, type JsonObject, parseJson } from './json';

/** The largest tokenizer.json in the wild has 35 MB. */
const LARGEST_FILE = 128 * 2 ** 20;
/** Of a model or an adapter, where a kilobyte is usual: each of its keys is looked at by itself. */
export const LARGEST_CONFIG = 4 * 2 ** 20;

/** Made text of at once: some milliseconds. */
const BLOCK_BYTES = 2 ** 20;

/**
 * The object in a JSON file, with a pause at every yield.
 *
 * @param largest in bytes
 * @throws VitrineError `huggingFace.json` where it holds none, and what `openFile` throws.
 */
export function* readJsonFile(path: string, largest = LARGEST_FILE): Generator<undefined, JsonObject> {
  const refuse = (reason: Sentence) =>
    new VitrineError('huggingFace.json', sentence`${path} is damaged: ${reason}. Get it again.`);
  const value = yield* parseJson(yield* readText(path, largest), refuse);
  if (!isObject(value)) throw refuse(sentence`it holds no object`);
  return value;
}

/** The same where there is such a file. */
export function* readJsonFileIfAny(path: string): Generator<undefined, JsonObject | undefined> {
  return existsSync(path) ? yield* readJsonFile(path) : undefined;
}

/**
 * A file's text, with a pause at every yield.
 *
 * @throws VitrineError `huggingFace.text` where it is no UTF-8 or absurdly long, and what `openFile` throws.
 */
export function* readText(path: string, largest = LARGEST_FILE): Generator<undefined, string> {
  const bytes = readBytes(path, largest);
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    let end = Math.min(at + BLOCK_BYTES, bytes.length);
    while (isInsideCharacter(bytes[end])) end += 1;
    parts.push(bytes.toString('utf8', at, end));
    at = end;
    yield;
  }
  return parts.join('');
}

function readBytes(path: string, largest: number): Buffer {
  const source = openFile(path);
  try {
    const bytes = source.size > largest ? undefined : source.read(0, source.size);
    if (bytes && isUtf8(bytes)) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    throw new VitrineError(
      'huggingFace.text',
      sentence`${path} is damaged: it is no text of at most ${{ bytes: largest }}. Get it again.`,
    );
  } finally {
    source.close();
  }
}

/** Whether a byte of UTF-8 goes on with the character before it. */
const isInsideCharacter = (byte = 0) => (byte & 0xc0) === 0x80;
