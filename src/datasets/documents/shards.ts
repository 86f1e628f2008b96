import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Sentence, sentence, VitrineError } from '../../shared/errors';
import type { Work } from '../../shared/progress';
import { isMissing } from '../../shared/system-errors';
import type { Line } from '../file/line-file';
import type { DatasetDocument, DocumentPlace, DocumentSource } from './document-source';

/** What data sets are published in as several files, each with many rows. */
const SHARD = /\.(jsonl|ndjson|parquet|csv|tsv)(\.gz)?$|\.txt\.gz$/i;

/** What stands beside them: notes, licences, and what programs left. */
const BESIDE = /^[._]|^(readme|licen[cs]e|notice)\b|\.(md|json|ya?ml|lock)$/i;

/**
 * The files of a folder that are together one data set, as `data-00000-of-00005.parquet`: all that is in it but notes is rows of
 * one kind. Undefined of any other folder.
 */
export async function shardsIn(folder: string): Promise<string[] | undefined> {
  const entries = (await readdir(folder, { withFileTypes: true })).filter(({ name }) => !BESIDE.test(name));
  const kinds = new Set(entries.map(({ name }) => SHARD.exec(name)?.[0].toLowerCase()));
  if (entries.length === 0 || kinds.size > 1 || kinds.has(undefined)) return undefined;
  if (!entries.every((entry) => entry.isFile())) return undefined;
  const names = entries.map(({ name }) => name);
  return names.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}

/** One file of it, and the number of its first row; known once those before it are indexed. */
interface Shard {
  source: DocumentSource;
  first: number;
}

/** @throws VitrineError of the first file, and `dataset.unreadable` */
export async function openShards(
  folder: string,
  names: readonly string[],
  open: (path: string) => Promise<DocumentSource>,
): Promise<DocumentSource> {
  const paths = names.map((name) => join(folder, name));
  const sizes = await Promise.all(paths.map(async (path) => (await stat(path)).size));
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  const { mtimeMs } = await stat(folder);
  const first = await open(paths[0] as string);
  return new ShardSource(folder, paths, { bytes, modified: mtimeMs }, first, open);
}

/** The rows of several files one after another, in the order of their names. */
class ShardSource implements DocumentSource {
  readonly path: string;
  readonly reading: Sentence;
  readonly holds: DocumentSource['holds'];
  readonly bytes: number;
  readonly #modified: number;
  readonly #open: (path: string) => Promise<DocumentSource>;
  readonly #shards: Shard[];
  /** Still to be opened, the first at the end. */
  readonly #left: string[];
  #isClosed = false;

  constructor(
    path: string,
    paths: readonly string[],
    { bytes, modified }: { bytes: number; modified: number },
    first: DocumentSource,
    open: (path: string) => Promise<DocumentSource>,
  ) {
    this.path = path;
    this.bytes = bytes;
    this.holds = first.holds;
    this.reading = sentence`The rows of ${paths.length} files, one after another. ${first.reading}`;
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
      if ((await stat(this.path)).mtimeMs !== this.#modified) return true;
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
