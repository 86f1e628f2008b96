import { createHash } from 'node:crypto';
import { hashModule } from './hash-module';
import { WordBytes } from './word-bytes';

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

/** Hashes texts, and the sequences of some words of theirs, as datatrove does: simplified, with a space between words, in UTF-8. */
export class Shingles {
  readonly module = hashModule();
  readonly #wordBytes = new WordBytes();
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
    // Of a UTF-16 unit at most three bytes.
    this.#makeRoom(this.#begin + 3 * text.length);
    const { written } = encoder.encodeInto(text, new Uint8Array(this.module.memory.buffer, this.#begin));
    return new Uint32Array(BigUint64Array.of(this.module.xxhash64(this.#begin, written)).buffer);
  }

  /** @param texts one after another. @returns undefined where they have fewer words than a sequence */
  hashes(texts: readonly string[]): Hashes | undefined {
    const words = this.#wordBytes;
    words.read(texts);
    const count = words.words - this.#words + 1;
    if (count < 1) return undefined;
    const places = Math.ceil((this.#begin + words.bytes) / 8) * 8;
    const address = places + 8 * words.words;
    this.#makeRoom(address + 8 * count);
    const { buffer } = this.module.memory;
    words.write(new Uint8Array(buffer), this.#begin, new Uint32Array(buffer, places, 2 * words.words));
    if (this.#hash === 'xxhash') this.module.hashShingles(places, this.#words - 1, count, address);
    else this.#hashBySha1(places, count, address);
    return { address, count, halves: new Uint32Array(buffer, address, 2 * count) };
  }

  #makeRoom(bytes: number): void {
    const { memory } = this.module;
    const missing = bytes - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
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
