import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { type Sentence, sentence, VitrineError } from '../../shared/errors';
import type { Work } from '../../shared/progress';
import { isMissing, reasonOf } from '../../shared/system-errors';
import { listFolder } from '../../workspace/files/list-folder';
import type { Line } from '../file/line-file';
import { BEGINNING_BYTES, LINE_LIMIT_BYTES, textOf } from '../file/line-text';
import { type Problem, problem } from '../file/problem';
import type { DatasetDocument, DocumentPlace, DocumentSource } from './document-source';
import { entryLines } from './entry-lines';

/** Where Git looks for a byte that no text has. */
const BINARY_BYTES = 8000;

/** Looked at together, so that a disk has something to do. */
const TOGETHER = 32;

/** @throws VitrineError `dataset.unreadable` */
export async function openFolder(path: string): Promise<DocumentSource> {
  try {
    return new FolderSource(path, (await stat(path)).mtimeMs);
  } catch (cause) {
    throw new VitrineError('dataset.unreadable', sentence`${path} cannot be read: ${reasonOf(cause)}.`, { cause });
  }
}

/**
 * A folder with a document in each of its files, by their paths. Hidden files, those that a `.gitignore` of the folder leaves
 * out, and those that are no text are left out; links are not followed.
 */
class FolderSource implements DocumentSource {
  readonly path: string;
  readonly holds = 'texts';
  readonly reading: Sentence = sentence`Each file of text in the folder is a document.`;
  readonly #modified: number;
  readonly #files: string[] = [];
  /** Still to be looked at, the first at the end. */
  #left: string[] | undefined;
  #listed = 0;
  #bytes = 0;

  constructor(path: string, modified: number) {
    this.path = path;
    this.#modified = modified;
  }

  get count(): number {
    return this.#files.length;
  }

  get isIndexed(): boolean {
    return this.#left?.length === 0;
  }

  /** Of the documents that are known. */
  get bytes(): number {
    return this.#bytes;
  }

  async index({ signal, progress }: Work): Promise<void> {
    this.#left ??= (await this.#list(signal)).toReversed();
    while (this.#left.length > 0) {
      signal.throwIfAborted();
      const next = this.#left.slice(-TOGETHER).toReversed();
      const sizes = await Promise.all(next.map((path) => sizeOfText(join(this.path, path))));
      this.#left.length -= next.length;
      for (const [i, size] of sizes.entries()) {
        if (size === undefined) continue;
        this.#files.push(next[i] as string);
        this.#bytes += size;
      }
      progress(this.#listed - this.#left.length, this.#listed);
      await setImmediate();
    }
  }

  async *stream(from: number, to: number): AsyncGenerator<DatasetDocument> {
    for (let index = from; index < Math.min(to, this.count); index++) {
      const { text, problem } = await readText(join(this.path, this.#files[index] as string));
      yield { index, text, bytes: Buffer.byteLength(text), problem };
    }
  }

  async entry(index: number): Promise<string> {
    const path = this.#files[index] as string;
    const { text, problem } = await readText(join(this.path, path));
    if (problem) throw new VitrineError('dataset.line', problem);
    return JSON.stringify({ path, text });
  }

  textField(): string {
    return 'text';
  }

  lines(from: number, to: number): AsyncGenerator<Line> {
    return entryLines(this, from, to);
  }

  async lineOf(index: number): Promise<Uint8Array> {
    return Buffer.from(`${await this.entry(index)}\n`);
  }

  placeOf(index: number): DocumentPlace {
    return { path: join(this.path, this.#files[index] as string), line: 0 };
  }

  /** Whether files came or went, in the folder itself and not in those within; what is in a file is read anew each time. */
  async isChanged(): Promise<boolean> {
    try {
      return (await stat(this.path)).mtimeMs !== this.#modified;
    } catch (error) {
      if (isMissing(error)) return true;
      throw error;
    }
  }

  async close(): Promise<void> {}

  async #list(signal: AbortSignal): Promise<string[]> {
    const { kept } = await listFolder(this.path, signal);
    const seen = kept.filter((path) => !path.split('/').some((name) => name.startsWith('.')));
    this.#listed = seen.length;
    return seen;
  }
}

/** In bytes; undefined of what is no text. A file that cannot be read is a document that says so. */
async function sizeOfText(path: string): Promise<number | undefined> {
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(BINARY_BYTES), 0, BINARY_BYTES, 0);
      return buffer.subarray(0, bytesRead).includes(0) ? undefined : (await file.stat()).size;
    } finally {
      await file.close();
    }
  } catch {
    return 0;
  }
}

/** With a problem where it cannot be read, or not whole. */
async function readText(path: string): Promise<{ text: string; problem: Problem | undefined }> {
  try {
    const file = await open(path);
    try {
      const { size } = await file.stat();
      const bytes = Buffer.alloc(size > LINE_LIMIT_BYTES ? BEGINNING_BYTES : size);
      const { bytesRead } = await file.read(bytes, 0, bytes.length, 0);
      const { text, problem } = textOf(bytes.subarray(0, bytesRead), size > LINE_LIMIT_BYTES ? size : bytesRead);
      return { text: text.replace(/^\uFEFF/, ''), problem };
    } finally {
      await file.close();
    }
  } catch (error) {
    return { text: '', problem: problem('unreadable', sentence`${path} cannot be read: ${reasonOf(error)}.`) };
  }
}
