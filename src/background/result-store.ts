import { createHash } from 'node:crypto';
import { mkdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { type Sentence, sentence } from '../shared/errors';
import { isDiskFull, reasonOf } from '../shared/system-errors';
import { makeRoom } from './make-room';
import { type FoundRecord, findRecords, MOST_RESULT_BYTES, packRecord, resultOf } from './record-bytes';
import { appendAtOnce, keepRecords, readRecord, recordsFrom } from './record-file';
import { KEY_BYTES, RecordTable } from './record-table';

const ENDING = '.results';

/** Records of one model at most: a million of them take 60 MB of memory. */
const MOST_RECORDS = 1 << 20;

/** Of all models' results together. */
const MOST_BYTES = 256e6;

export interface ResultStoreOptions {
  folder: string;
  /** All that decides a result but the text: the model's checksum, what is changed in it. */
  model: string;
  /** Results of this model at most; then the older half goes. */
  mostRecords?: number;
  /** Of the folder; then results of models that were not used for the longest time go. This model has half of it at most. */
  mostBytes?: number;
}

/**
 * What was found out of texts by one model, on disk by content: a few bytes by the hash of what the model has read. Only
 * where they are is kept in memory. Results are added at the end of a file, so that a program that ends at any moment loses
 * the last at most, and what cannot be written is kept in memory.
 *
 * Not a database: Node's own SQLite needs a newer Node than the editor brings, and of a database this is one table that
 * only grows.
 */
export class ResultStore {
  readonly #path: string;
  readonly #options: Required<ResultStoreOptions>;
  /** Where each record begins, and its size. */
  #places = new RecordTable(2);
  /** Results that are not on disk, or not known to be, by their keys. */
  readonly #unwritten = new Map<string, Uint8Array>();
  /** What is to be written with the next append, and the append that is under way. */
  #pending: { key: Uint32Array; result: Uint8Array }[] = [];
  #writing: Promise<void> = Promise.resolve();
  #records = 0;
  /** Up to where the file has been looked through. */
  #end = 0;
  #trouble: Sentence | undefined;

  private constructor(options: Required<ResultStoreOptions>) {
    this.#options = options;
    this.#path = join(options.folder, `${hash(options.model).toString('hex', 0, KEY_BYTES)}${ENDING}`);
  }

  /** Never rejects: without a folder that can be used, results are kept in memory. */
  static async open(options: ResultStoreOptions): Promise<ResultStore> {
    const store = new ResultStore({ mostRecords: MOST_RECORDS, mostBytes: MOST_BYTES, ...options });
    try {
      await mkdir(options.folder, { recursive: true });
      await store.#look();
      await store.#bound();
      // Models that are in use stay.
      if (store.#end > 0) await utimes(store.#path, new Date(), new Date());
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
    return this.#places.size + this.#unwritten.size;
  }

  /** @param content all that the result was found out of */
  async get(content: string): Promise<Uint8Array | undefined> {
    const key = keyOf(content);
    const unwritten = this.#unwritten.get(key.join());
    if (unwritten) return unwritten;
    try {
      const known = await this.#read(key);
      if (known || !this.#places.get(key)) return known;
      // Another window has put a shorter file in the place of the one that was looked through.
      await this.#lookAnew();
      return await this.#read(key);
    } catch {
      return undefined;
    }
  }

  /** Keeps a result of 16 MB at most. It is on disk when the promise resolves, or never comes there. */
  set(content: string, result: Uint8Array): Promise<void> {
    if (result.length > MOST_RESULT_BYTES) throw new RangeError('The result is too large to be kept.');
    const key = keyOf(content);
    this.#unwritten.set(key.join(), result);
    this.#pending.push({ key, result });
    if (this.#pending.length === 1) this.#writing = this.#writing.then(() => this.#append());
    return this.#writing;
  }

  async #read(key: Uint32Array): Promise<Uint8Array | undefined> {
    const place = this.#places.get(key);
    if (!place) return undefined;
    const bytes = await readRecord(this.#path, { start: place[0] as number, size: place[1] as number });
    const [record] = findRecords(bytes, true).records;
    return record?.key.join() === key.join() ? resultOf(bytes) : undefined;
  }

  /** All that has come together while the one before was written. */
  async #append(): Promise<void> {
    const records = this.#pending;
    this.#pending = [];
    if (this.#trouble) return;
    const bytes = records.map(({ key, result }) => packRecord(key, result));
    try {
      const size = await appendAtOnce(this.#path, Buffer.concat(bytes));
      const isAlone = size === this.#end + bytes.reduce((sum, { length }) => sum + length, 0);
      if (isAlone) for (const [i, { key }] of records.entries()) this.#add(key, (bytes[i] as Buffer).length);
      // Another window has added to the same file: only looking tells where these are.
      else await this.#look();
      for (const { key, result } of records) {
        const isLatest = this.#unwritten.get(key.join()) === result;
        if (isLatest && this.#places.get(key)) this.#unwritten.delete(key.join());
      }
      await this.#bound();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Looks through what has come to the file; what is no record is passed over. */
  async #look(): Promise<void> {
    for await (const { key, start, size } of recordsFrom(this.#path, this.#end)) {
      this.#end = start;
      this.#add(key, size);
    }
  }

  #add(key: Uint32Array, size: number): void {
    this.#places.set(key, [this.#end, size]);
    this.#records++;
    this.#end += size;
  }

  #lookAnew(): Promise<void> {
    this.#places = new RecordTable(2);
    this.#records = 0;
    this.#end = 0;
    return this.#look();
  }

  /** Where there are too many records, the newer half stays. */
  async #bound(): Promise<void> {
    const { mostRecords, mostBytes } = this.#options;
    if (this.#records <= mostRecords && this.#end <= mostBytes / 2) return;
    const all: FoundRecord[] = [];
    for await (const record of recordsFrom(this.#path, 0)) all.push(record);
    let first = all.length;
    for (let bytes = 0; first > 0 && all.length - first < Math.floor(mostRecords / 2); first--) {
      bytes += all[first - 1]?.size ?? 0;
      if (bytes > mostBytes / 4) break;
    }
    await keepRecords(this.#path, all.slice(first));
    await this.#lookAnew();
  }

  #fail(error: unknown): void {
    this.#trouble = isDiskFull(error)
      ? sentence`The disk is full: what is read from now on is not kept after this window is closed. Make room on it.`
      : sentence`What is read is not kept after this window is closed: ${reasonOf(error)}.`;
  }
}

const hash = (text: string) => createHash('sha256').update(text, 'utf8').digest();

function keyOf(content: string): Uint32Array {
  const bytes = hash(content);
  return Uint32Array.from({ length: KEY_BYTES / 4 }, (_, i) => bytes.readUInt32LE(4 * i));
}
