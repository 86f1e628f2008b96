import { isUtf8 } from 'node:buffer';
import { sentence, VitrineError } from '../../shared/errors';
import type { Rejection } from '../../shared/filters-api';
import type { Work } from '../../shared/progress';
import type { DocumentSource } from '../documents/document-source';
import { LINE_LIMIT_BYTES } from '../file/line-text';
import { withText } from './rewritten-text';

/** Without a byte order mark before the first line. */
const decoder = new TextDecoder();

/** Written at once. */
const BATCH_BYTES = 1 << 16;

/** Documents as they stand in the data set, a line of JSON each. */
export async function* keptLines(source: DocumentSource, indexes: Uint32Array, work: Work): AsyncGenerator<Uint8Array> {
  yield* batches(indexes, async (index) => Buffer.from(`${await source.entry(index)}\n`), work);
}

/**
 * Documents that stay, with other texts.
 *
 * @param textOf of a document that is asked for by its number
 * @throws VitrineError `dataset.conversations`
 */
export async function* rewrittenLines(
  source: DocumentSource,
  indexes: Uint32Array,
  textOf: (index: number) => Promise<string>,
  work: Work,
): AsyncGenerator<Uint8Array> {
  const lineOf = async (index: number) => {
    const field = source.textField(index);
    if (field === undefined) throw new VitrineError('dataset.conversations', NO_ONE_TEXT);
    return Buffer.from(`${withText(await source.entry(index), field, await textOf(index))}\n`);
  };
  yield* batches(indexes, lineOf, work);
}

const NO_ONE_TEXT = sentence`A conversation is no one text that could be written anew. Export it as it stands.`;

/** Documents that go, each with why in a member of its own. */
export async function* removedLines(
  source: DocumentSource,
  indexes: Uint32Array,
  reasonOf: (index: number) => Omit<Rejection, 'spans'> | undefined,
  work: Work,
): AsyncGenerator<Uint8Array> {
  const lineOf = async (index: number) => {
    const { json, bytes } = await entryOrText(source, index);
    return Buffer.from(withMember(json, 'rejection', { index, ...reasonOf(index), ...(bytes && { bytes }) }));
  };
  yield* batches(indexes, lineOf, work);
}

/** Lines joined: a write, and a word of how far it is, take as long as a line. */
async function* batches(
  indexes: Uint32Array,
  lineOf: (index: number) => Promise<Uint8Array>,
  { signal, progress }: Work,
): AsyncGenerator<Uint8Array> {
  let batch: Uint8Array[] = [];
  let bytes = 0;
  for (const [done, index] of indexes.entries()) {
    signal.throwIfAborted();
    const line = await lineOf(index);
    batch.push(line);
    bytes += line.length;
    if (bytes < BATCH_BYTES) continue;
    yield Buffer.concat(batch);
    batch = [];
    bytes = 0;
    progress(done + 1, indexes.length);
  }
  yield Buffer.concat(batch);
  progress(indexes.length, indexes.length);
}

/**
 * What cannot be read as an entry goes as its line, and where that is no JSON either, as its text. A line that is not UTF-8 has
 * U+FFFD for what is no character there, so that every program reads the file; its bytes go with it in base64.
 */
async function entryOrText(source: DocumentSource, index: number): Promise<{ json: string; bytes?: string }> {
  try {
    return { json: await source.entry(index) };
  } catch {
    const line = await source.lineOf(index).catch(() => new Uint8Array());
    // A row that is too long to be read is not looked at.
    const isRead = line.length <= LINE_LIMIT_BYTES;
    const json = isRead ? decoder.decode(line) : '';
    return {
      json: isJson(json) ? json : await textOf(source, index),
      ...(isRead && !isUtf8(line) && { bytes: Buffer.from(line).toString('base64') }),
    };
  }
}

/** As JSON. */
async function textOf(source: DocumentSource, index: number): Promise<string> {
  for await (const { text } of source.stream(index, index + 1)) return JSON.stringify({ text });
  return '{}';
}

function isJson(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}

/** Adds a member to a line of JSON that stays as it stands otherwise. */
function withMember(json: string, name: string, value: unknown): string {
  const line = json.trim();
  const inside = line.startsWith('{') ? line.slice(0, -1).trimEnd() : `{"text":${line}`;
  const comma = inside === '{' ? '' : ',';
  return `${inside}${comma}${JSON.stringify(name)}:${JSON.stringify(value)}}\n`;
}
