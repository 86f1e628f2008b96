import { codePoints, hasLetter, isSymbols, SENTENCE_ENDS } from './characters';
import { ChunkTable } from './chunk-table';
import { grown } from './numbers';
import { exceptionsInside, wordEnds } from './word-pieces';

/** Longer texts between white spaces are cut anew each time: they seldom come again. */
export const LONGEST_KEPT = 64;

/** Characters and entries after which a table is full, some tens of megabytes. */
const FULL = 4_000_000;
const ENTRY = 20;

/** Of the hashes of words, modulo 2^32, and what it is multiplied by to give 1. */
const HASH_BASE = 0x01000193;
const HASH_BASE_INVERSE = inverse(HASH_BASE);

/** Words in a row that are others where no white space stands between them (`exceptionsInside`), as numbers. */
export interface Rewording {
  from: readonly number[];
  to: readonly number[];
}

const NONE: readonly Rewording[] = [];

/** All words that have been met, each with a number, so that two are the same where their numbers are. */
export class WordTable {
  /** By the number of a word: UTF-16 units, and code points. */
  lengths = new Int32Array(1024);
  points = new Int32Array(1024);
  /** The sum of its units, each multiplied by the base to the power of its place; and the base, and its inverse, to the power of its length. */
  hashes = new Int32Array(1024);
  powers = new Int32Array(1024);
  inversePowers = new Int32Array(1024);
  /** Whether any character is a letter, and whether all are punctuation, which datatrove does not count as a word. */
  readonly hasLetter: boolean[] = [];
  readonly isSymbols: boolean[] = [];
  /** Whether all are punctuation to Unicode, and whether spaCy takes it for the end of a sentence. */
  readonly isPunctuation: boolean[] = [];
  readonly endsSentence: boolean[] = [];
  readonly #words = new Map<string, number>();
  /** Texts between white spaces, and by their numbers where their words begin in `chunkWords`. */
  readonly #chunks = new ChunkTable();
  chunkStarts = new Int32Array(1024);
  chunkWords = new Int32Array(1024);
  /** Whether some of the words may have to be reworded. */
  readonly isReworded: boolean[] = [];
  /** By their first word, those of the most words first. */
  readonly #rewordings = new Map<number, Rewording[]>();
  /** No word of a number that is not below this begins one. */
  #firstWords = 0;
  #size = 0;

  constructor() {
    const all = exceptionsInside().sort((a, b) => b.plain.length - a.plain.length);
    for (const { plain, own } of all) {
      const from = plain.map((word) => this.#number(word));
      const first = from[0] as number;
      const others = this.#rewordings.get(first) ?? [];
      this.#rewordings.set(first, [...others, { from, to: own.map((word) => this.#number(word)) }]);
      this.#firstWords = Math.max(this.#firstWords, first + 1);
    }
  }

  get isFull(): boolean {
    return this.#size + this.#chunks.units + this.#chunks.count * ENTRY > FULL;
  }

  /**
   * The number of a part of a text without white space, no longer than `LONGEST_KEPT`.
   *
   * @param units of the text
   * @param hash of the part's units
   */
  chunk(text: string, units: Uint16Array, start: number, end: number, hash: number): number {
    const known = this.#chunks.find(units, start, end, hash);
    if (known !== -1) return known;
    const chunk = this.#chunks.add(units, start, end, hash);
    const words = this.wordsOf(text.slice(start, end));
    if (chunk + 2 > this.chunkStarts.length) this.chunkStarts = grown(this.chunkStarts);
    const first = this.chunkStarts[chunk] as number;
    while (first + words.length > this.chunkWords.length) this.chunkWords = grown(this.chunkWords);
    this.chunkWords.set(words, first);
    this.chunkStarts[chunk + 1] = first + words.length;
    this.isReworded.push(this.mayBeReworded(words));
    return chunk;
  }

  /** The numbers of the words of a text without white space. */
  wordsOf(chunk: string): number[] {
    const words: number[] = [];
    let start = 0;
    for (const end of wordEnds(chunk)) {
      words.push(this.#number(chunk.slice(start, end)));
      start = end;
    }
    return words;
  }

  mayBeReworded(words: readonly number[]): boolean {
    return words.some((_, at) => this.rewordingsAt(words, at).length > 0);
  }

  /** What begins at one of some words, the longest first. */
  rewordingsAt(words: ArrayLike<number>, at: number): readonly Rewording[] {
    const word = words[at] as number;
    const all = word < this.#firstWords ? this.#rewordings.get(word) : undefined;
    if (!all?.some(({ from }) => stands(from, words, at))) return NONE;
    return all.filter(({ from }) => stands(from, words, at));
  }

  /** The number of a word, if it has been met. */
  find(word: string): number | undefined {
    return this.#words.get(word);
  }

  #number(text: string): number {
    const known = this.#words.get(text);
    if (known !== undefined) return known;
    const number = this.#words.size;
    this.#words.set(detached(text), number);
    this.#size += text.length + ENTRY;
    if (number === this.lengths.length) {
      this.lengths = grown(this.lengths);
      this.points = grown(this.points);
      this.hashes = grown(this.hashes);
      this.powers = grown(this.powers);
      this.inversePowers = grown(this.inversePowers);
    }
    this.lengths[number] = text.length;
    this.points[number] = codePoints(text, 0, text.length);
    this.#hash(number, text);
    this.hasLetter.push(hasLetter(text));
    this.isSymbols.push(isSymbols(text));
    this.isPunctuation.push(/^\p{P}+$/u.test(text));
    this.endsSentence.push(SENTENCE_ENDS.has(text));
    return number;
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

/** Whether some words stand in others at a place. */
function stands(wanted: readonly number[], words: ArrayLike<number>, at: number): boolean {
  for (let i = 1; i < wanted.length; i++) if (words[at + i] !== wanted[i]) return false;
  return true;
}

/** Modulo 2^32, of an odd number, by Newton's method. */
function inverse(odd: number): number {
  let found = odd;
  for (let bits = 3; bits < 32; bits *= 2) found = Math.imul(found, 2 - Math.imul(odd, found));
  return found;
}

/** The same text, which does not keep the document in memory that it was cut out of. */
function detached(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}
