import { codePoints, hasLetter, isSymbols } from './characters';
import { grown } from './ranges';
import { wordEnds } from './word-pieces';

/** Longer texts between white spaces are cut anew each time: they seldom come again. */
const LONGEST_KEPT = 64;

/** Characters and entries after which a table is full, some tens of megabytes. */
const FULL = 4_000_000;
const ENTRY = 20;

/** A polynomial of UTF-16 units modulo 2^32, as of all hashes of words. */
export const HASH_BASE = 0x01000193;

/** All words that have been met, each with a number, so that two are the same where their numbers are. */
export class WordTable {
  /** By the number of a word: UTF-16 units, code points, and a hash of its units. */
  lengths = new Int32Array(1024);
  points = new Int32Array(1024);
  hashes = new Int32Array(1024);
  /** Whether any character is a letter, and whether all are punctuation, which datatrove does not count as a word. */
  readonly hasLetter: boolean[] = [];
  readonly isSymbols: boolean[] = [];
  readonly #words = new Map<string, number>();
  readonly #chunks = new Map<string, readonly number[]>();
  #size = 0;

  get isFull(): boolean {
    return this.#size > FULL;
  }

  /** The words of a text without white space. */
  wordsOf(chunk: string): readonly number[] {
    const known = this.#chunks.get(chunk);
    if (known) return known;
    const words: number[] = [];
    let start = 0;
    for (const end of wordEnds(chunk)) {
      words.push(this.#number(chunk.slice(start, end)));
      start = end;
    }
    if (chunk.length <= LONGEST_KEPT) {
      this.#chunks.set(detached(chunk), words);
      this.#size += chunk.length + ENTRY;
    }
    return words;
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
    }
    this.lengths[number] = text.length;
    this.points[number] = codePoints(text, 0, text.length);
    this.hashes[number] = hashOf(text);
    this.hasLetter.push(hasLetter(text));
    this.isSymbols.push(isSymbols(text));
    return number;
  }
}

function hashOf(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, HASH_BASE) + text.charCodeAt(i)) | 0;
  return hash;
}

/** The same text, which does not keep the document in memory that it was cut out of. */
function detached(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}
