import { permutations } from './permutations';
import { type ShingleHash, Shingles } from './shingles';

/**
 * datatrove's defaults, which are FineWeb's: two texts that have a share s of their shingles in common are found with a
 * probability of 1 − (1 − s^8)^14.
 */
export const BUCKETS = 14;
export const BUCKET_VALUES = 8;
const VALUES = BUCKETS * BUCKET_VALUES;
const SHINGLE_WORDS = 5;

// Where things are in the module's memory, before the text.
const COEFFICIENTS = 0;
const RESULTS = COEFFICIENTS + 16 * VALUES;
const RESERVED = RESULTS + 8 * VALUES;

/** MinHash as datatrove computes it, of one text after another. */
export class MinHash {
  readonly #shingles: Shingles;

  constructor(hash?: ShingleHash) {
    this.#shingles = new Shingles(SHINGLE_WORDS, hash, RESERVED);
    const { a, b } = permutations(VALUES);
    const pairs = [...a].flatMap((coefficient, i) => [coefficient, b[i] as bigint]);
    new BigUint64Array(this.#shingles.module.memory.buffer, COEFFICIENTS).set(pairs);
  }

  /** @returns the least value of each permutation, bucket by bucket; undefined of a text with fewer words than a shingle */
  values(text: string): BigUint64Array | undefined {
    const hashes = this.#shingles.hashes([text]);
    if (!hashes) return undefined;
    const { minima, memory } = this.#shingles.module;
    minima(hashes.address, hashes.count, COEFFICIENTS, RESULTS);
    return new BigUint64Array(memory.buffer, RESULTS, VALUES).slice();
  }

  /** What values are compared by: their low 32 bits, in which two that differ are equal once in 2^32. */
  signature(text: string): Uint32Array | undefined {
    const values = this.values(text);
    if (!values) return undefined;
    const halves = new Uint32Array(values.buffer);
    const signature = new Uint32Array(VALUES);
    for (let i = 0; i < VALUES; i++) signature[i] = halves[2 * i] as number;
    return signature;
  }

  /**
   * An estimate of which share of their shingles two texts have in common (Jaccard's index), 0 to 1, with a standard error of
   * at most 0.05; NaN where one has none.
   */
  similarity(left: string, right: string): number {
    const [a, b] = [this.signature(left), this.signature(right)];
    if (!a || !b) return Number.NaN;
    return a.filter((value, i) => value === b[i]).length / VALUES;
  }
}
