import { codePoints, hasLetter, isSymbols, SENTENCE_ENDS, unitsOf } from './characters';
import { grown } from './numbers';
import { Rewordings } from './rewordings';
import { hashOf, TextTable } from './text-table';
import { wordEnds } from './word-pieces';

/** Longer texts between white spaces are cut anew each time: they seldom come again. */
export const LONGEST_KEPT = 64;

/** Characters and entries after which a table is full, some tens of megabytes. */
const FULL = 4_000_000;
const ENTRY = 20;

/** Of the hashes of words, modulo 2^32, and what it is multiplied by to give 1. */
const HASH_BASE = 0x01000193;
const HASH_BASE_INVERSE = inverse(HASH_BASE);

// What a word is, as bits.
/** One of its characters at least is a letter. */
export const HAS_LETTER = 1;
/** All are punctuation, so that datatrove does not count it as a word. */
export const SYMBOLS = 2;
/** All are punctuation to Unicode. */
export const PUNCTUATION = 4;
/** spaCy takes it for the end of a sentence. */
export const ENDS_SENTENCE = 8;

/** All words that have been met, each with a number, so that two are the same where their numbers are. */
export class WordTable {
  /** By the number of a word: UTF-16 units, code points, and what it is. */
  lengths = new Int32Array(1024);
  points = new Int32Array(1024);
  kinds = new Int32Array(1024);
  /** The sum of its units, each multiplied by the base to the power of its place; and the base, and its inverse, to the power of its length. */
  hashes = new Int32Array(1024);
  powers = new Int32Array(1024);
  inversePowers = new Int32Array(1024);
  readonly #words = new TextTable();
  /** Texts between white spaces, and by their numbers where their words begin in `chunkWords`. */
  readonly #chunks = new TextTable();
  chunkStarts = new Int32Array(1024);
  chunkWords = new Int32Array(1024);
  /** Whether some of the words may have to be reworded. */
  readonly isReworded: boolean[] = [];
  readonly rewordings = new Rewordings((word) => this.#number(word, unitsOf(word), 0, word.length));

  get isFull(): boolean {
    const entries = this.#words.count + this.#chunks.count;
    return this.#words.unitCount + this.#chunks.unitCount + entries * ENTRY > FULL;
  }

  /**
   * The number of a part of a text without white space, no longer than `LONGEST_KEPT`.
   *
   * @param units of the text
   * @param hash of the part
   */
  chunk(text: string, units: Uint16Array, start: number, end: number, hash: number): number {
    const known = this.#chunks.find(units, start, end, hash);
    if (known !== -1) return known;
    const chunk = this.#chunks.add(units, start, end, hash);
    const words = this.wordsOf(text, units, start, end);
    if (chunk + 2 > this.chunkStarts.length) this.chunkStarts = grown(this.chunkStarts);
    const first = this.chunkStarts[chunk] as number;
    while (first + words.length > this.chunkWords.length) this.chunkWords = grown(this.chunkWords);
    this.chunkWords.set(words, first);
    this.chunkStarts[chunk + 1] = first + words.length;
    this.isReworded.push(this.mayBeReworded(words));
    return chunk;
  }

  /** The numbers of the words of a part of a text without white space. */
  wordsOf(text: string, units: Uint16Array, start: number, end: number): number[] {
    const words: number[] = [];
    let from = start;
    for (const length of wordEnds(text.slice(start, end))) {
      words.push(this.#number(text, units, from, start + length));
      from = start + length;
    }
    return words;
  }

  mayBeReworded(words: readonly number[]): boolean {
    return words.some((_, at) => this.rewordings.at(words, at, words.length).length > 0);
  }

  /** The number of a word by its UTF-16 units, or -1 where it has not been met. */
  find(units: Uint16Array): number {
    return this.#words.find(units, 0, units.length, hashOf(units, 0, units.length));
  }

  #number(text: string, units: Uint16Array, start: number, end: number): number {
    const hash = hashOf(units, start, end);
    const known = this.#words.find(units, start, end, hash);
    if (known !== -1) return known;
    const number = this.#words.add(units, start, end, hash);
    if (number === this.lengths.length) this.#grow();
    const word = text.slice(start, end);
    this.lengths[number] = word.length;
    this.points[number] = codePoints(word, 0, word.length);
    this.kinds[number] = kindsOf(word);
    this.#hash(number, word);
    return number;
  }

  #grow(): void {
    this.lengths = grown(this.lengths);
    this.points = grown(this.points);
    this.kinds = grown(this.kinds);
    this.hashes = grown(this.hashes);
    this.powers = grown(this.powers);
    this.inversePowers = grown(this.inversePowers);
  }

  #hash(number: number, text: string): void {
    let [hash, power, inversePower] = [0, 1, 1];
    for (let i = 0; i < text.length; i++) {
      hash = (hash + Math.imul(text.charCodeAt(i), power)) | 0;
      power = Math.imul(power, HASH_BASE);
      inversePower = Math.imul(inversePower, HASH_BASE_INVERSE);
    }
    this.hashes[number] = hash;
    this.powers[number] = power;
    this.inversePowers[number] = inversePower;
  }
}

function kindsOf(word: string): number {
  let kinds = 0;
  if (hasLetter(word)) kinds |= HAS_LETTER;
  if (isSymbols(word)) kinds |= SYMBOLS;
  if (/^\p{P}+$/u.test(word)) kinds |= PUNCTUATION;
  if (SENTENCE_ENDS.has(word)) kinds |= ENDS_SENTENCE;
  return kinds;
}

/** Modulo 2^32, of an odd number, by Newton's method. */
function inverse(odd: number): number {
  let found = odd;
  for (let bits = 3; bits < 32; bits *= 2) found = Math.imul(found, 2 - Math.imul(odd, found));
  return found;
}
