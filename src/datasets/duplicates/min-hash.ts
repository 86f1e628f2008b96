import { createHash } from 'node:crypto';
import { hashModule } from './hash-module';
import { permutations } from './permutations';
import { simplifiedWords } from './simplified-words';

/** datatrove's defaults, which are FineWeb's: two texts of which a share s of the shingles is common are found with 1 − (1 − s^8)^14. */
export const BUCKETS = 14;
export const BUCKET_VALUES = 8;
export const VALUES = BUCKETS * BUCKET_VALUES;
export const SHINGLE_WORDS = 5;

/** Of shingles, to 64 bits: what datatrove takes where nobody says otherwise, and what FineWeb was made with. */
export type ShingleHash = 'xxhash' | 'sha1';

// Where things are in the module's memory: coefficients of the permutations, values, then a text with its places and hashes.
const COEFFICIENTS = 0;
const RESULTS = COEFFICIENTS + 16 * VALUES;
const TEXT = RESULTS + 8 * VALUES;
const PAGE = 65_536;

const encoder = new TextEncoder();

/** MinHash as datatrove computes it, of one text after another. */
export class MinHash {
  readonly #hash: ShingleHash;
  readonly #module = hashModule();

  constructor(hash: ShingleHash = 'xxhash') {
    this.#hash = hash;
    const { a, b } = permutations(VALUES);
    const coefficients = new BigUint64Array(this.#module.memory.buffer, COEFFICIENTS, 2 * VALUES);
    coefficients.forEach((_, i) => {
      coefficients[i] = (i % 2 === 0 ? a : b)[i >> 1] as bigint;
    });
  }

  /** @returns XXH64 of a text in UTF-8, as two numbers of 32 bits, the low one first */
  textHash(text: string): Uint32Array {
    this.#reserve(3 * text.length);
    const { written } = encoder.encodeInto(text, new Uint8Array(this.#module.memory.buffer, TEXT));
    return new Uint32Array(BigUint64Array.of(this.#module.xxhash64(TEXT, written)).buffer);
  }

  /** @returns the least of each permutation; undefined of a text with fewer words than a shingle has */
  values(text: string): BigUint64Array | undefined {
    const hashes = this.#shingles(simplifiedWords(text));
    if (!hashes) return undefined;
    this.#module.minima(hashes.address, hashes.count, COEFFICIENTS, RESULTS);
    return new BigUint64Array(this.#module.memory.buffer, RESULTS, VALUES).slice();
  }

  /**
   * What values are compared by: their low 32 bits, in which two that differ are equal once in 2^32. Those of a bucket are
   * next to each other.
   */
  signature(text: string): Uint32Array | undefined {
    const values = this.values(text);
    return values && new Uint32Array(values.buffer).filter((_, half) => half % 2 === 0);
  }

  #shingles(words: string[]): { address: number; count: number } | undefined {
    const count = words.length - SHINGLE_WORDS + 1;
    if (count < 1) return undefined;
    const text = words.join(' ');
    // Of a UTF-16 unit at most three bytes, and up to eight to begin the places at a multiple of eight.
    this.#reserve(3 * text.length + 8 + 16 * words.length);
    const { written } = encoder.encodeInto(text, new Uint8Array(this.#module.memory.buffer, TEXT));
    const places = Math.ceil((TEXT + written) / 8) * 8;
    this.#writePlaces(words, places, written === text.length);
    const address = places + 8 * words.length;
    if (this.#hash === 'xxhash') this.#module.hashShingles(places, SHINGLE_WORDS - 1, count, address);
    else this.#hashBySha1(places, count, address);
    return { address, count };
  }

  /** Where each word starts and ends. */
  #writePlaces(words: string[], address: number, isAscii: boolean): void {
    const places = new Uint32Array(this.#module.memory.buffer, address, 2 * words.length);
    let start = TEXT;
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
    const { buffer } = this.#module.memory;
    const places = new Uint32Array(buffer, address, 2 * (count + SHINGLE_WORDS - 1));
    for (let i = 0; i < count; i++) {
      const shingle = new Uint8Array(
        buffer,
        places[2 * i],
        (places[2 * (i + SHINGLE_WORDS) - 1] as number) - (places[2 * i] as number),
      );
      const digest = createHash('sha1').update(shingle).digest();
      new Uint8Array(buffer, hashes + 8 * i, 8).set(digest.subarray(0, 8));
    }
  }

  /** Room for so many bytes from the text's beginning on. */
  #reserve(bytes: number): void {
    const { memory } = this.#module;
    const missing = TEXT + bytes - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
  }
}

/** An estimate of which share of their shingles two texts have in common (Jaccard's index), 0 to 1: with 112 values, within 0.1. */
export function similarity(a: Uint32Array, b: Uint32Array): number {
  return a.reduce((equal, value, i) => equal + (value === b[i] ? 1 : 0), 0) / a.length;
}
