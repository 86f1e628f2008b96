import { createReadStream } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, extname, join } from 'node:path';
import { createGunzip } from 'node:zlib';
import { type Sentence, sentence, VitrineError } from '../../shared/errors';
import type { Work } from '../../shared/progress';
import { isDiskFull, reasonOf, systemCodeOf } from '../../shared/system-errors';
import type { Line } from '../file/line-file';
import { OpenFile } from '../file/open-file';
import type { DatasetDocument, DocumentSource } from './document-source';

type Open = (path: string) => Promise<DocumentSource>;

interface Unpacked {
  source: DocumentSource;
  isWhole: boolean;
}

/** Unpacked to show the first rows. */
const FIRST_BYTES = 1 << 20;

/**
 * A file in gzip, as published data sets are: its beginning is there at once, and all of it when it is indexed, unpacked into a
 * temporary file, since rows are read in any order.
 *
 * @param inner opens a file of the kind that is packed in it
 * @throws VitrineError `dataset.unreadable`, `dataset.gzip`, `dataset.noRoom`
 */
export async function openCompressed(path: string, inner: Open): Promise<DocumentSource> {
  const file = await OpenFile.open(path);
  try {
    const work = { signal: new AbortController().signal, progress: () => {} };
    const { source, isWhole } = await unpacked(file, inner, work, FIRST_BYTES);
    await source.index(work);
    return new CompressedSource(file, inner, source, isWhole);
  } catch (error) {
    await file.close();
    throw error;
  }
}

class CompressedSource implements DocumentSource {
  readonly #file: OpenFile;
  readonly #open: Open;
  readonly #beginning: DocumentSource;
  #whole: DocumentSource | undefined;

  constructor(file: OpenFile, open: Open, beginning: DocumentSource, isWhole: boolean) {
    this.#file = file;
    this.#open = open;
    this.#beginning = beginning;
    if (isWhole) this.#whole = beginning;
  }

  get path(): string {
    return this.#file.path;
  }

  /** Of a beginning the last row may be cut off. */
  get count(): number {
    return this.#whole ? this.#whole.count : Math.max(0, this.#beginning.count - 1);
  }

  get isIndexed(): boolean {
    return this.#whole?.isIndexed ?? false;
  }

  get bytes(): number {
    return this.#file.state.bytes;
  }

  get holds(): DocumentSource['holds'] {
    return this.#beginning.holds;
  }

  get reading(): Sentence {
    return this.#beginning.reading;
  }

  async index(work: Work): Promise<void> {
    this.#whole ??= (await unpacked(this.#file, this.#open, work)).source;
    await this.#whole.index(work);
  }

  stream(from: number, to: number): AsyncGenerator<DatasetDocument> {
    return this.#source.stream(from, Math.min(to, this.count));
  }

  lines(from: number, to: number): AsyncGenerator<Line> {
    return this.#source.lines(from, Math.min(to, this.count));
  }

  entry(index: number): Promise<string> {
    return this.#source.entry(index);
  }

  textField(index: number): string | undefined {
    return this.#source.textField(index);
  }

  lineOf(index: number): Promise<Uint8Array> {
    return this.#source.lineOf(index);
  }

  /** An editor does not unpack it. */
  placeOf(): undefined {}

  isChanged(): Promise<boolean> {
    return this.#file.isChanged();
  }

  async close(): Promise<void> {
    await this.#file.close();
    await this.#beginning.close();
    if (this.#whole !== this.#beginning) await this.#whole?.close();
  }

  get #source(): DocumentSource {
    return this.#whole ?? this.#beginning;
  }
}

/** The file that it is read from has no name any more once it is open, and is gone when it is closed, whatever happens. */
async function unpacked(file: OpenFile, inner: Open, work: Work, most = Number.POSITIVE_INFINITY): Promise<Unpacked> {
  const { path } = file;
  let folder: string | undefined;
  try {
    folder = await mkdtemp(join(tmpdir(), 'vitrine-unpacked-'));
    const name = join(folder, basename(path, extname(path)));
    const isWhole = await unpack(file, name, work, most);
    return { source: await inner(name), isWhole };
  } catch (error) {
    work.signal.throwIfAborted();
    throw error instanceof VitrineError ? error : notUnpacked(path, error);
  } finally {
    if (folder) await rm(folder, { recursive: true, force: true });
  }
}

/** @returns whether that is all of it */
async function unpack({ path, state }: OpenFile, to: string, { signal, progress }: Work, most: number) {
  const packed = createReadStream(path);
  const gunzip = createGunzip();
  packed.on('error', (error) => gunzip.destroy(error)).pipe(gunzip);
  const file = await open(to, 'wx', 0o600);
  try {
    let written = 0;
    for await (const piece of gunzip as AsyncIterable<Buffer>) {
      signal.throwIfAborted();
      await file.writeFile(piece);
      written += piece.length;
      progress(packed.bytesRead, state.bytes);
      if (written >= most) return false;
    }
    return true;
  } finally {
    packed.destroy();
    await file.close();
  }
}

function notUnpacked(path: string, cause: unknown): VitrineError {
  if (isDiskFull(cause)) {
    return new VitrineError(
      'dataset.noRoom',
      sentence`The disk is full: ${path} has no room in ${tmpdir()} to be unpacked. Make room on it and open the data set again.`,
      { cause },
    );
  }
  if (systemCodeOf(cause) !== undefined) {
    return new VitrineError('dataset.unreadable', sentence`${path} cannot be unpacked: ${reasonOf(cause)}.`, { cause });
  }
  return new VitrineError(
    'dataset.gzip',
    sentence`${path} is no gzip file, or not a whole one. Fetch it or write it again.`,
    { cause },
  );
}
