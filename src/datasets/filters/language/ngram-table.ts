import table from './ngrams.json';

/** More than twice as many as there are n-grams: a power of two. */
const SLOTS = 1 << 17;

/** What the table leaves out of every score, to be small. */
const LEAST_SCORE = 53;

/** ISO 639-1. */
export const LANGUAGES: readonly string[] = table.languages.split(' ');

/**
 * How usual sequences of bytes are in which languages: the smallest table of `eld` (Apache-2.0, by Nito T.M.), written down by
 * scripts/language-ngrams.mjs. Read into arrays it takes 2 MB.
 */
export class NgramTable {
  /** One n-gram after another: how many bytes it has, these, how many languages, and of each its place and its score. */
  readonly #records = Buffer.from(table.records, 'base64');
  /** By hash, the key of an n-gram; none is 0. */
  readonly #keys = new Float64Array(SLOTS);
  /** Where its languages begin in the records. */
  readonly #places = new Int32Array(SLOTS);

  constructor() {
    const records = this.#records;
    for (let at = 0; at < records.length; ) {
      const place = at + 1 + (records[at] as number);
      const key = keyOf(records, at + 1, place);
      const slot = this.#slotOf(key);
      this.#keys[slot] = key;
      this.#places[slot] = place;
      at = place + 1 + 2 * (records[place] as number);
    }
  }

  /** Adds what an n-gram says to the scores of languages. */
  addScores(key: number, scores: Float64Array): void {
    const slot = this.#slotOf(key);
    if (this.#keys[slot] === 0) return;
    const records = this.#records;
    const place = this.#places[slot] as number;
    const end = place + 2 * (records[place] as number);
    for (let at = place + 1; at < end; at += 2) {
      const language = records[at] as number;
      scores[language] = (scores[language] as number) + (records[at + 1] as number) + LEAST_SCORE;
    }
  }

  /** Where an n-gram is, or would be. */
  #slotOf(key: number): number {
    let slot = hashOfKey(key) & (SLOTS - 1);
    while (this.#keys[slot] !== 0 && this.#keys[slot] !== key) slot = (slot + 1) & (SLOTS - 1);
    return slot;
  }
}

/** An n-gram as a number, the first byte the highest: exactly, of the six bytes and fewer that those of the table have. */
export function keyOf(bytes: Uint8Array, from: number, to: number): number {
  let key = 0;
  for (let at = from; at < to; at++) key = key * 256 + (bytes[at] as number);
  return key;
}

/** With the upper bits of a key in the lower ones too. */
export function hashOfKey(key: number): number {
  const product = Math.imul((key | 0) ^ ((key / 2 ** 32) | 0), 0x2c1b3c6d);
  return product ^ (product >>> 15);
}
