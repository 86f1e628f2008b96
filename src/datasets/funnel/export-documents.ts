import type { Rejection } from '../../shared/filters-api';
import type { Work } from '../../shared/progress';
import type { DocumentSource } from '../documents/document-source';

/** Written at once. */
const BATCH_UNITS = 1 << 16;

/** Documents as they stand in the data set, a line of JSON each. */
export async function* keptLines(source: DocumentSource, indexes: Uint32Array, work: Work): AsyncGenerator<Uint8Array> {
  yield* batches(indexes, (index) => source.entry(index), work);
}

/** Documents that go, each with why in a member of its own. */
export async function* removedLines(
  source: DocumentSource,
  indexes: Uint32Array,
  reasonOf: (index: number) => Omit<Rejection, 'spans'> | undefined,
  work: Work,
): AsyncGenerator<Uint8Array> {
  const lineOf = async (index: number) => withMember(await entryOrText(source, index), 'rejection', reasonOf(index));
  yield* batches(indexes, lineOf, work);
}

/** Lines joined: a write, and a word of how far it is, take as long as a line. */
async function* batches(
  indexes: Uint32Array,
  lineOf: (index: number) => Promise<string>,
  { signal, progress }: Work,
): AsyncGenerator<Uint8Array> {
  let batch = '';
  for (const [done, index] of indexes.entries()) {
    signal.throwIfAborted();
    batch += `${await lineOf(index)}\n`;
    if (batch.length < BATCH_UNITS) continue;
    yield Buffer.from(batch);
    batch = '';
    progress(done + 1, indexes.length);
  }
  yield Buffer.from(batch);
  progress(indexes.length, indexes.length);
}

/** What is no entry that can stand in a file of JSON lines goes as its text. */
async function entryOrText(source: DocumentSource, index: number): Promise<string> {
  try {
    return await source.entry(index);
  } catch {
    for await (const { text } of source.stream(index, index + 1)) return JSON.stringify({ text });
    return '{}';
  }
}

/** Adds a member to JSON that is left as it is written. */
function withMember(json: string, name: string, value: unknown): string {
  const member = `${JSON.stringify(name)}:${JSON.stringify(value)}}`;
  const object = json.trim();
  if (!object.startsWith('{')) return `{"text":${object},${member}`;
  const inside = object.slice(0, -1).trimEnd();
  return inside === '{' ? `{${member}` : `${inside},${member}`;
}
