import { textOf, unitsOf } from '../text/characters';
import { grown } from '../text/numbers';
import { hashWith, TextTable } from '../text/text-table';
import { isInWord, shortenNumbers, wordsOf } from './simplified-words';

/** UTF-16 units and texts between spaces after which a table is full: some megabytes. */
const FULL_UNITS = 1_000_000;
const FULL_CHUNKS = 60_000;

/**
 * Words as datatrove compares texts by them, in UTF-8 with a space behind each, as shingles are hashed. What stands between
 * spaces mostly comes again: it is cut into words once, and found by its characters without being cut out of the text.
 */
export class WordBytes {
  /** Of the texts that were read last. */
  words = 0;
  bytes = 0;
  /** Their texts between spaces, by number. */
  #found = new Int32Array(1024);
  #foundCount = 0;
  readonly #units = Buffer.alloc(1 << 17);
  #chunks = new TextTable();
  /** By the number of a text between spaces, its first word; of each word its first byte, and after the last where they end. */
  #firstWords = new Int32Array(1024);
  #firstBytes = new Int32Array(1024);
  #bytes = Buffer.alloc(1 << 14);

  /** Reads texts one after another. */
  read(texts: readonly string[]): void {
    if (this.#chunks.unitCount > FULL_UNITS || this.#chunks.count > FULL_CHUNKS) this.#chunks = new TextTable();
    this.words = 0;
    this.bytes = 0;
    this.#foundCount = 0;
    for (const text of texts) this.#readText(text.toLowerCase());
  }

  /** Writes all bytes from an address on, and of each word where it starts and ends. @param places two for each word */
  write(memory: Uint8Array, address: number, places: Uint32Array): void {
    let [at, place] = [address, 0];
    for (let i = 0; i < this.#foundCount; i++) {
      const chunk = this.#found[i] as number;
      const [first, end] = [this.#firstWords[chunk] as number, this.#firstWords[chunk + 1] as number];
      for (let word = first; word < end; word++) {
        places[place++] = at;
        const ends = this.#firstBytes[word + 1] as number;
        for (let byte = this.#firstBytes[word] as number; byte < ends; byte++)
          memory[at++] = this.#bytes[byte] as number;
        places[place++] = at - 1;
      }
    }
  }

  #readText(lower: string): void {
    const units = this.#unitsOf(lower);
    const length = shortenNumbers(units);
    for (let i = 0; i < length; ) {
      if (!isInWord(units[i] as number)) {
        i++;
        continue;
      }
      const start = i;
      let hash = 0;
      for (; i < length && isInWord(units[i] as number); i++) hash = hashWith(hash, units[i] as number);
      const known = this.#chunks.find(units, start, i, hash);
      this.#addFound(known === -1 ? this.#addChunk(units, start, i, hash) : known);
    }
  }

  /** They are there until the next text. */
  #unitsOf(text: string): Uint16Array {
    if (2 * text.length > this.#units.length) return unitsOf(text);
    this.#units.write(text, 'utf16le');
    return new Uint16Array(this.#units.buffer, this.#units.byteOffset, text.length);
  }

  #addFound(chunk: number): void {
    if (this.#foundCount === this.#found.length) this.#found = grown(this.#found);
    this.#found[this.#foundCount++] = chunk;
    const [first, end] = [this.#firstWords[chunk] as number, this.#firstWords[chunk + 1] as number];
    this.words += end - first;
    this.bytes += (this.#firstBytes[end] as number) - (this.#firstBytes[first] as number);
  }

  /** @returns its number */
  #addChunk(units: Uint16Array, start: number, end: number, hash: number): number {
    const chunk = this.#chunks.add(units, start, end, hash);
    if (chunk + 1 === this.#firstWords.length) this.#firstWords = grown(this.#firstWords);
    let word = this.#firstWords[chunk] as number;
    for (const own of wordsOf(textOf(units, start, end))) this.#addWord(word++, own);
    this.#firstWords[chunk + 1] = word;
    return chunk;
  }

  #addWord(word: number, text: string): void {
    if (word + 1 === this.#firstBytes.length) this.#firstBytes = grown(this.#firstBytes);
    const at = this.#firstBytes[word] as number;
    const own = Buffer.from(`${text} `);
    if (at + own.length > this.#bytes.length) this.#bytes = Buffer.concat([this.#bytes, Buffer.alloc(at + own.length)]);
    this.#bytes.set(own, at);
    this.#firstBytes[word + 1] = at + own.length;
  }
}
