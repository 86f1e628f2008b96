import { sentence, VitrineError } from '../../shared/errors';
import type { Rejection } from '../../shared/filters-api';
import type { Work } from '../../shared/progress';
import type { DocumentSource } from '../documents/document-source';
import { LINE_LIMIT_BYTES } from '../file/line-text';
import { withText } from './rewritten-text';

/** As its bytes look in Latin-1. */
const BYTE_ORDER_MARK = /^\xEF\xBB\xBF/;

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
  const lineOf = async (index: number) =>
    withMember(await entryOrText(source, index), 'rejection', { index, ...reasonOf(index) });
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

/** What cannot be read as an entry goes as its bytes, and where they are no JSON either, as its text. */
async function entryOrText(source: DocumentSource, index: number): Promise<Uint8Array> {
  try {
    return Buffer.from(await source.entry(index));
  } catch {
    const bytes = await source.lineOf(index).catch(() => undefined);
    if (bytes && isJson(bytes)) return bytes;
    for await (const { text } of source.stream(index, index + 1)) return Buffer.from(JSON.stringify({ text }));
    return Buffer.from('{}');
  }
}

/** Whatever the encoding of its strings. A row that is too long to be read is not looked at. */
function isJson(bytes: Uint8Array): boolean {
  if (bytes.length > LINE_LIMIT_BYTES) return false;
  try {
    JSON.parse(Buffer.from(bytes).toString('latin1'));
    return true;
  } catch {
    return false;
  }
}

/** Adds a member to a line of JSON whose bytes are left as they are, whatever their encoding. */
function withMember(json: Uint8Array, name: string, value: unknown): Uint8Array {
  const member = `${JSON.stringify(name)}:${JSON.stringify(value)}}\n`;
  const line = Buffer.from(json).toString('latin1').replace(BYTE_ORDER_MARK, '').trim();
  const inside = line.startsWith('{') ? line.slice(0, -1).trimEnd() : `{"text":${line}`;
  const comma = inside === '{' ? '' : ',';
  return Buffer.concat([Buffer.from(`${inside}${comma}`, 'latin1'), Buffer.from(member)]);
}
