import { createHash } from 'node:crypto';
import { appendFile, mkdir, open, rename, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { type Sentence, sentence } from '../shared/errors';
import { isDiskFull, isMissing, reasonOf } from '../shared/system-errors';
import { makeRoom } from './make-room';
import { packRecord, recordBytes, type StoredRecord, unpackRecords } from './record-bytes';
import { KEY_BYTES, RecordTable } from './record-table';

const ENDING = '.results';
/** Some thousand records are looked through in a few milliseconds. */
const PIECE_BYTES = 1 << 17;

/** Records of one model at most. */
const MOST_RECORDS = 1 << 20;

/** Of all models' results together. */
const MOST_BYTES = 256e6;

export interface ResultStoreOptions {
  folder: string;
  /** All that decides a result but the text: the model's checksum, what is changed in it. */
  model: string;
  /** Numbers of a result. */
  width: number;
  /** Results of this model at most; then the older half goes. */
  mostRecords?: number;
  /** Of the folder; then results of models that were not used for the longest time go. */
  mostBytes?: number;
}

/**
 * What was found out of texts by one model, on disk by content: numbers by the hash of what the model has read. Results are
 * added at the end of a file, so that a program that ends at any moment loses the last at most, and what cannot be written
 * is kept in memory.
 *
 * Not a database: Node's own SQLite needs a newer Node than the editor brings, and of a database this is one table that
 * only grows.
 */
export class ResultStore {
  readonly #table: RecordTable;
  readonly #path: string;
  readonly #options: Required<ResultStoreOptions>;
  /** What is to be written with the next append, and the append that is under way. */
  #pending: StoredRecord[] = [];
  #writing: Promise<void> = Promise.resolve();
  #onDisk = 0;
  #trouble: Sentence | undefined;

  private constructor(options: Required<ResultStoreOptions>) {
    this.#options = options;
    this.#table = new RecordTable(options.width);
    this.#path = join(options.folder, `${hash(options.model).toString('hex', 0, KEY_BYTES)}${ENDING}`);
  }

  /** Never rejects: without a folder that can be used, results are kept in memory. */
  static async open(options: ResultStoreOptions): Promise<ResultStore> {
    const store = new ResultStore({ mostRecords: MOST_RECORDS, mostBytes: MOST_BYTES, ...options });
    try {
      await mkdir(options.folder, { recursive: true });
      await store.#load();
      await makeRoom(options.folder, ENDING, store.#options.mostBytes, store.#path);
    } catch (error) {
      store.#fail(error);
    }
    return store;
  }

  /** Why results are no longer written; undefined while they are. */
  get trouble(): Sentence | undefined {
    return this.#trouble;
  }

  get size(): number {
    return this.#table.size;
  }

  /** @param content all that the result was found out of */
  get(content: string): Float64Array | undefined {
    return this.#table.get(keyOf(content));
  }

  /** Keeps a result. It is on disk when the promise resolves, or never comes there. */
  set(content: string, values: ArrayLike<number>): Promise<void> {
    const record = { key: keyOf(content), values: Float64Array.from(values) };
    this.#table.set(record.key, record.values);
    this.#pending.push(record);
    if (this.#pending.length === 1) this.#writing = this.#writing.then(() => this.#append());
    return this.#writing;
  }

  /** All that has come together while the one before was written. */
  async #append(): Promise<void> {
    const records = this.#pending;
    this.#pending = [];
    if (this.#trouble) return;
    try {
      await appendFile(this.#path, Buffer.concat(records.map(packRecord)));
      this.#onDisk += records.length;
      if (this.#onDisk > this.#options.mostRecords) await this.#halve();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Piece by piece; what is no record is passed over. */
  async #load(): Promise<void> {
    const { width } = this.#options;
    for await (const record of recordsOf(this.#path, width)) {
      this.#table.set(record.key, record.values);
      this.#onDisk++;
    }
    if (this.#onDisk > this.#options.mostRecords) await this.#halve();
    // Models that are in use stay.
    if (this.#onDisk > 0) await utimes(this.#path, new Date(), new Date());
  }

  /** Writes the newer half into another file, which takes the place of this one whole. */
  async #halve(): Promise<void> {
    const left = Math.floor(this.#options.mostRecords / 2);
    const temporary = `${this.#path}.${process.pid}`;
    let skipped = this.#onDisk - left;
    const kept: Buffer[] = [];
    for await (const record of recordsOf(this.#path, this.#options.width))
      if (skipped-- <= 0) kept.push(packRecord(record));
    try {
      await rm(temporary, { force: true });
      await appendFile(temporary, Buffer.concat(kept));
      await rename(temporary, this.#path);
    } finally {
      await rm(temporary, { force: true });
    }
    this.#onDisk = kept.length;
  }

  #fail(error: unknown): void {
    this.#trouble = isDiskFull(error)
      ? sentence`The disk is full: what is read from now on is not kept after this window is closed. Make room on it.`
      : sentence`What is read is not kept after this window is closed: ${reasonOf(error)}.`;
  }
}

async function* recordsOf(path: string, width: number): AsyncGenerator<StoredRecord> {
  const file = await open(path, 'r').catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  if (!file) return;
  try {
    let rest = Buffer.alloc(0);
    for await (const piece of file.createReadStream({ autoClose: false, highWaterMark: PIECE_BYTES })) {
      const bytes = Buffer.concat([rest, piece as Buffer]);
      const { records, end } = unpackRecords(bytes, width);
      yield* records;
      // Of what is no record, only as much as could still become one.
      rest = bytes.subarray(Math.max(end, bytes.length - recordBytes(width)));
    }
  } finally {
    await file.close();
  }
}

const hash = (text: string) => createHash('sha256').update(text, 'utf8').digest();

function keyOf(content: string): Uint32Array {
  const bytes = hash(content);
  return Uint32Array.from({ length: KEY_BYTES / 4 }, (_, i) => bytes.readUInt32LE(4 * i));
}
