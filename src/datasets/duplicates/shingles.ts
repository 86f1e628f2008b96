import { createHash } from 'node:crypto';
import { hashModule } from './hash-module';

/** Of shingles, to 64 bits: what datatrove takes where nobody says otherwise, and what FineWeb was made with. */
export type ShingleHash = 'xxhash' | 'sha1';

const PAGE = 65_536;

const encoder = new TextEncoder();

/** Some hashes of 64 bits in a module's memory. */
export interface Hashes {
  address: number;
  count: number;
  /** Two numbers of 32 bits each, the low one first. They are there until the next text is hashed. */
  halves: Uint32Array;
}

/** Hashes texts, and the sequences of some words of theirs, as datatrove does: words with a space between them, in UTF-8. */
export class Shingles {
  readonly module = hashModule();
  readonly #words: number;
  readonly #hash: ShingleHash;
  readonly #begin: number;

  /**
   * @param words of a sequence
   * @param reserved bytes at the beginning of the module's memory that are somebody else's, a multiple of eight
   */
  constructor(words: number, hash: ShingleHash = 'xxhash', reserved = 0) {
    this.#words = words;
    this.#hash = hash;
    this.#begin = reserved;
  }

  /** @returns XXH64 of a text, as two numbers of 32 bits, the low one first */
  textHash(text: string): Uint32Array {
    const length = this.#write(text, 0);
    return new Uint32Array(BigUint64Array.of(this.module.xxhash64(this.#begin, length)).buffer);
  }

  /** @returns undefined where a text has fewer words than a sequence */
  hashes(words: readonly string[]): Hashes | undefined {
    const count = words.length - this.#words + 1;
    if (count < 1) return undefined;
    const text = words.join(' ');
    // Of each word two places of four bytes, and a hash of eight.
    const length = this.#write(text, 8 + 16 * words.length);
    const places = Math.ceil((this.#begin + length) / 8) * 8;
    this.#writePlaces(words, places, length === text.length);
    const address = places + 8 * words.length;
    if (this.#hash === 'xxhash') this.module.hashShingles(places, this.#words - 1, count, address);
    else this.#hashBySha1(places, count, address);
    return { address, count, halves: new Uint32Array(this.module.memory.buffer, address, 2 * count) };
  }

  /** @returns how many bytes a text has, which are at the beginning now, with room for others behind them */
  #write(text: string, behind: number): number {
    const { memory } = this.module;
    // Of a UTF-16 unit at most three bytes.
    const missing = this.#begin + 3 * text.length + behind - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
    return encoder.encodeInto(text, new Uint8Array(memory.buffer, this.#begin)).written;
  }

  /** Where each word starts and ends. */
  #writePlaces(words: readonly string[], address: number, isAscii: boolean): void {
    const places = new Uint32Array(this.module.memory.buffer, address, 2 * words.length);
    let start = this.#begin;
    for (let i = 0; i < words.length; i++) {
      const word = words[i] as string;
      const end = start + (isAscii ? word.length : Buffer.byteLength(word));
      places[2 * i] = start;
      places[2 * i + 1] = end;
      start = end + 1;
    }
  }

  /** The first eight bytes of each digest, the lowest first. */
  #hashBySha1(address: number, count: number, hashes: number): void {
    const { buffer } = this.module.memory;
    const places = new Uint32Array(buffer, address, 2 * (count + this.#words - 1));
    for (let i = 0; i < count; i++) {
      const start = places[2 * i] as number;
      const end = places[2 * (i + this.#words) - 1] as number;
      const digest = createHash('sha1')
        .update(new Uint8Array(buffer, start, end - start))
        .digest();
      new Uint8Array(buffer, hashes + 8 * i, 8).set(digest.subarray(0, 8));
    }
  }
}
