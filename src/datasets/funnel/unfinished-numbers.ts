import { closeSync, constants, ftruncateSync, openSync, readSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import type { FingerprintShape, Fingerprints } from '../duplicates/find-copies';
import { BLOCK_DOCUMENTS, blocksOf, bytesOf, type Numbers, writeAll } from './numbers';

/*
 * What a data set that is being read has given so far, so that reading goes on from there whatever ends the program. Blocks of
 * some thousand documents stand one behind another, each with its columns, four letters, how many documents it has (all but
 * the last are full), and a CRC-32 of all that.
 */

const MARK = Buffer.from('VtB1');
const END_BYTES = MARK.length + 8;

/** It reads and writes at once: it is made for a thread for which nobody waits. */
export class UnfinishedNumbers implements Numbers {
  readonly #path: string;
  readonly #freePath: string;
  readonly #file: number;
  readonly #widths: readonly number[];
  /** Of each column, where it begins in a block, and at last where all end: in numbers. */
  readonly #places: readonly number[];
  /** The block that is being filled, which is not on disk, or not with all its documents. */
  readonly #filling: Uint32Array<ArrayBuffer>;
  #documents = 0;

  /**
   * Takes what is whole of a file that may be there.
   *
   * @param path while it is in use
   * @param freePath where it goes when it is closed, for who goes on with it
   * @param widths numbers of 32 bits that each column has of a document
   */
  constructor(path: string, freePath: string, widths: readonly number[]) {
    this.#path = path;
    this.#freePath = freePath;
    this.#widths = widths;
    const places = [0];
    for (const width of widths) places.push((places.at(-1) as number) + width * BLOCK_DOCUMENTS);
    this.#places = places;
    this.#filling = new Uint32Array(places.at(-1) as number);
    this.#file = openSync(path, constants.O_RDWR | constants.O_CREAT);
    this.#takeWhole();
  }

  get documents(): number {
    return this.#documents;
  }

  /** Whether the next document is the first of a block: then the last one is written before it. */
  get isBlockFull(): boolean {
    return this.#documents > 0 && this.#documents % BLOCK_DOCUMENTS === 0;
  }

  /** Adds the next document. @param row its numbers, column by column */
  add(row: Uint32Array): void {
    if (this.isBlockFull) this.#writeFilling(BLOCK_DOCUMENTS);
    const at = this.#documents % BLOCK_DOCUMENTS;
    let next = 0;
    for (let column = 0; column < this.#widths.length; column++) {
      const width = this.#widths[column] as number;
      const place = (this.#places[column] as number) + at * width;
      for (let i = 0; i < width; i++) this.#filling[place + i] = row[next++] as number;
    }
    this.#documents++;
  }

  read(column: number, from: number, numbers: Float32Array): void {
    this.#read(column, from, new Uint32Array(numbers.buffer, numbers.byteOffset, numbers.length));
  }

  /** Fingerprints that begin at a column. */
  fingerprints(first: number, { parts, width }: FingerprintShape): Fingerprints {
    return { parts, width, documents: this.#documents, part: (index) => this.#rows(first + index) };
  }

  /** Nothing of it is to be kept. */
  clear(): void {
    ftruncateSync(this.#file);
    this.#documents = 0;
  }

  /** Keeps it for who goes on with it, unless there is nothing in it. */
  async close(): Promise<void> {
    const isKept = this.#keepLast();
    closeSync(this.#file);
    if (isKept) await rename(this.#path, this.#freePath);
    else await rm(this.#path, { force: true });
  }

  /** Where the last block has no room, it is read again. @returns whether anything is on disk */
  #keepLast(): boolean {
    const before = (blocksOf(this.#documents) - 1) * BLOCK_DOCUMENTS;
    if (before < 0) return false;
    try {
      this.#writeFilling(this.#documents - before);
      return true;
    } catch {
      return before > 0;
    }
  }

  /** Those of a column, block by block. */
  *#rows(column: number): Generator<Uint32Array> {
    const width = this.#widths[column] as number;
    const block = new Uint32Array(width * BLOCK_DOCUMENTS);
    for (let from = 0; from < this.#documents; from += BLOCK_DOCUMENTS) {
      const rows = block.subarray(0, width * Math.min(BLOCK_DOCUMENTS, this.#documents - from));
      this.#read(column, from, rows);
      yield rows;
    }
  }

  /** The last block may be in memory, full or not. */
  #read(column: number, from: number, numbers: Uint32Array): void {
    const block = Math.floor(from / BLOCK_DOCUMENTS);
    const place = (this.#places[column] as number) + (from % BLOCK_DOCUMENTS) * (this.#widths[column] as number);
    if (block === blocksOf(this.#documents) - 1) numbers.set(this.#filling.subarray(place, place + numbers.length));
    else readSync(this.#file, bytesOf(numbers), 0, numbers.byteLength, block * this.#blockBytes + 4 * place);
  }

  get #blockBytes(): number {
    return this.#filling.byteLength + END_BYTES;
  }

  /** Writes the last block. */
  #writeFilling(documents: number): void {
    const at = (blocksOf(this.#documents) - 1) * this.#blockBytes;
    writeAll(this.#file, bytesOf(this.#filling), at);
    writeAll(this.#file, this.#end(documents), at + this.#filling.byteLength);
  }

  #end(documents: number): Buffer {
    const end = Buffer.alloc(END_BYTES);
    MARK.copy(end);
    end.writeUInt32LE(documents, MARK.length);
    end.writeUInt32LE(crc32(end.subarray(0, MARK.length + 4), crc32(bytesOf(this.#filling))), MARK.length + 4);
    return end;
  }

  /** Blocks are looked at one after another as far as they are as they were written. */
  #takeWhole(): void {
    let added = BLOCK_DOCUMENTS;
    for (let block = 0; added === BLOCK_DOCUMENTS; block++) {
      added = this.#documentsIn(block);
      this.#documents += added;
    }
    if (this.#documents > 0) this.#documentsIn(blocksOf(this.#documents) - 1);
  }

  /** Reads a block. @returns how many documents it has; none where it is not whole */
  #documentsIn(block: number): number {
    const at = block * this.#blockBytes;
    const bytes = bytesOf(this.#filling);
    const end = Buffer.alloc(END_BYTES);
    if (readSync(this.#file, bytes, 0, bytes.length, at) < bytes.length) return 0;
    readSync(this.#file, end, 0, END_BYTES, at + bytes.length);
    const documents = end.readUInt32LE(MARK.length);
    return end.equals(this.#end(documents)) ? documents : 0;
  }
}
