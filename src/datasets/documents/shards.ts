import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Sentence, sentence, VitrineError } from '../../shared/errors';
import type { Work } from '../../shared/progress';
import { isMissing } from '../../shared/system-errors';
import type { Line } from '../file/line-file';
import type { DatasetDocument, DocumentPlace, DocumentSource } from './document-source';
import type { ShardFiles } from './shard-files';

/** One file of it, and the number of its first row; known once those before it are indexed. */
interface Shard {
  source: DocumentSource;
  first: number;
}

/** @throws VitrineError of the first file, and `dataset.unreadable` */
export async function openShards(
  folder: string,
  { names, folders }: ShardFiles,
  open: (path: string) => Promise<DocumentSource>,
): Promise<DocumentSource> {
  const paths = names.map((name) => join(folder, name));
  const sizes = await Promise.all(paths.map(async (path) => (await stat(path)).size));
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  const modified = await modifiedOf(folders);
  const first = await open(paths[0] as string);
  return new ShardSource(folder, paths, { bytes, folders, modified }, first, open);
}

/** When a file came to some folders last, or went. */
async function modifiedOf(folders: readonly string[]): Promise<number> {
  return Math.max(...(await Promise.all(folders.map(async (folder) => (await stat(folder)).mtimeMs))));
}

/** The rows of several files one after another, in the order of their names. */
class ShardSource implements DocumentSource {
  readonly path: string;
  readonly reading: Sentence;
  readonly holds: DocumentSource['holds'];
  readonly bytes: number;
  readonly #folders: readonly string[];
  readonly #modified: number;
  readonly #open: (path: string) => Promise<DocumentSource>;
  readonly #shards: Shard[];
  /** Still to be opened, the first at the end. */
  readonly #left: string[];
  #isClosed = false;

  constructor(
    path: string,
    paths: readonly string[],
    { bytes, folders, modified }: { bytes: number; folders: readonly string[]; modified: number },
    first: DocumentSource,
    open: (path: string) => Promise<DocumentSource>,
  ) {
    this.path = path;
    this.bytes = bytes;
    this.holds = first.holds;
    this.reading = sentence`The rows of ${paths.length} files, one after another. ${first.reading}`;
    this.#folders = folders;
    this.#modified = modified;
    this.#open = open;
    this.#shards = [{ source: first, first: 0 }];
    this.#left = paths.slice(1).toReversed();
  }

  get count(): number {
    const { source, first } = this.#last;
    return first + source.count;
  }

  get isIndexed(): boolean {
    return this.#left.length === 0 && this.#last.source.isIndexed;
  }

  async index({ signal, progress }: Work): Promise<void> {
    for (;;) {
      const { source, first } = this.#last;
      const before = this.#shards.slice(0, -1).reduce((sum, shard) => sum + shard.source.bytes, 0);
      const own = (done: number, total: number) =>
        progress(before + (source.bytes * done) / Math.max(1, total), this.bytes);
      if (!source.isIndexed) await source.index({ signal, progress: own });
      const path = this.#left.at(-1);
      if (path === undefined) return;
      signal.throwIfAborted();
      const next = await this.#open(path);
      if (this.#isClosed) return next.close();
      this.#left.pop();
      this.#shards.push({ source: next, first: first + source.count });
    }
  }

  async *stream(from: number, to: number): AsyncGenerator<DatasetDocument> {
    for (const { source, first } of this.#within(from, to)) {
      for await (const document of source.stream(Math.max(0, from - first), to - first)) {
        yield { ...document, index: document.index + first };
      }
    }
  }

  async *lines(from: number, to: number): AsyncGenerator<Line> {
    for (const { source, first } of this.#within(from, to)) {
      for await (const line of source.lines(Math.max(0, from - first), to - first)) {
        yield { ...line, line: line.line + first };
      }
    }
  }

  async entry(index: number): Promise<string> {
    const { source, first } = this.#with(index);
    return source.entry(index - first);
  }

  textField(index: number): string | undefined {
    const { source, first } = this.#with(index);
    return source.textField(index - first);
  }

  async lineOf(index: number): Promise<Uint8Array> {
    const { source, first } = this.#with(index);
    return source.lineOf(index - first);
  }

  placeOf(index: number): DocumentPlace | undefined {
    const { source, first } = this.#with(index);
    return source.placeOf(index - first);
  }

  /** Whether a file came or went, or one of those that are open is another. */
  async isChanged(): Promise<boolean> {
    try {
      if ((await modifiedOf(this.#folders)) !== this.#modified) return true;
    } catch (error) {
      if (isMissing(error)) return true;
      throw error;
    }
    const changed = await Promise.all(this.#shards.map(({ source }) => source.isChanged()));
    return changed.includes(true);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all(this.#shards.map(({ source }) => source.close()));
  }

  get #last(): Shard {
    return this.#shards.at(-1) as Shard;
  }

  /** Those that have some of the rows [from, to). */
  #within(from: number, to: number): Shard[] {
    return this.#shards.filter(({ source, first }) => first < to && first + source.count > from);
  }

  #with(index: number): Shard {
    const shard = this.#shards.findLast(({ first }) => first <= index);
    if (shard && index - shard.first < shard.source.count) return shard;
    throw new VitrineError('dataset.line', sentence`There is no document ${index + 1}. Reload the data set.`);
  }
}
