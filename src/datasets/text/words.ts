import { isSpace, unitsOf } from './characters';
import { grown, zeros } from './numbers';
import type { Rewording } from './rewordings';
import { hashWith } from './text-table';
import { LONGEST_KEPT, WordTable } from './word-table';

const SPACE = 0x20;

let table = new WordTable();

/** @property at its first word */
interface PlacedRewording {
  at: number;
  rewording: Rewording;
}

/** The words of a text as spaCy's English finds them, which are datatrove's: their numbers in a table, and where they stand. */
export class Words {
  count = 0;
  readonly table: WordTable;
  #numbers: Int32Array;
  #starts: Int32Array;

  constructor(
    readonly text: string,
    readonly units = unitsOf(text),
  ) {
    // Of words that are shorter than those of most languages, so that there is mostly room for all.
    this.#numbers = zeros((text.length >> 2) + 16);
    this.#starts = zeros((text.length >> 2) + 16);
    if (table.isFull) table = new WordTable();
    this.table = table;
    if (this.#find()) this.#reword();
  }

  /** The number of a word in the table. */
  number(index: number): number {
    return this.#numbers[index] as number;
  }

  /** Of all words, with more room. */
  get numbers(): Int32Array {
    return this.#numbers;
  }

  /** Whether a word of a number is among them. */
  has(number: number): boolean {
    const place = this.#numbers.indexOf(number);
    return place !== -1 && place < this.count;
  }

  start(index: number): number {
    return this.#starts[index] as number;
  }

  end(index: number): number {
    return this.start(index) + (this.table.lengths[this.number(index)] as number);
  }

  /** Whether spaCy takes the white space between a word and the one before it for a word: all but a single space. */
  hasSpaceWordBefore(index: number): boolean {
    const start = this.end(index - 1);
    const length = this.start(index) - start;
    return length > 1 || (length === 1 && this.text[start] !== ' ');
  }

  /** The first word that begins at a place or after it. @param from one that is not behind it */
  firstFrom(place: number, from = 0): number {
    let first = from;
    while (first < this.count && this.start(first) < place) first++;
    return first;
  }

  /** @returns whether some may have to be reworded */
  #find(): boolean {
    const { text, units, table } = this;
    const { length } = text;
    let mayBeReworded = false;
    for (let i = 0; i < length; ) {
      let unit = units[i] as number;
      if (isSpace(unit)) {
        i++;
        continue;
      }
      const start = i;
      let hash = 0;
      do {
        hash = hashWith(hash, unit);
        unit = ++i < length ? (units[i] as number) : SPACE;
      } while (!isSpace(unit));
      if (i - start > LONGEST_KEPT) {
        const words = table.wordsOf(text, units, start, i);
        this.#add(words, 0, words.length, start);
        mayBeReworded ||= table.mayBeReworded(words);
        continue;
      }
      const chunk = table.chunk(text, units, start, i, hash);
      this.#add(table.chunkWords, table.chunkStarts[chunk] as number, table.chunkStarts[chunk + 1] as number, start);
      mayBeReworded ||= table.isReworded[chunk] as boolean;
    }
    return mayBeReworded;
  }

  /** Some of a list of words, one behind another. */
  #add(words: ArrayLike<number>, from: number, to: number, start: number): void {
    const { lengths } = this.table;
    this.#makeRoom(to - from);
    const [numbers, starts] = [this.#numbers, this.#starts];
    let { count } = this;
    let place = start;
    for (let i = from; i < to; i++) {
      const number = words[i] as number;
      numbers[count] = number;
      starts[count++] = place;
      place += lengths[number] as number;
    }
    this.count = count;
  }

  /**
   * Of words in a row that may be others, the most in a row are looked at first, and of as many the first: none of theirs is
   * looked at again. They are others where no white space stands between them.
   */
  #reword(): void {
    const rewordings = this.#rewordings();
    if (rewordings.length === 0) return;
    const [numbers, starts, count] = [this.#numbers, this.#starts, this.count];
    this.count = 0;
    this.#numbers = zeros(count + 1);
    this.#starts = zeros(count + 1);
    let from = 0;
    for (const { at, rewording } of rewordings) {
      this.#copy(numbers, starts, from, at);
      this.#add(rewording.to, 0, rewording.to.length, starts[at] as number);
      from = at + rewording.from.length;
    }
    this.#copy(numbers, starts, from, count);
  }

  /** Some words of those before. */
  #copy(numbers: Int32Array, starts: Int32Array, from: number, to: number): void {
    this.#makeRoom(to - from);
    this.#numbers.set(numbers.subarray(from, to), this.count);
    this.#starts.set(starts.subarray(from, to), this.count);
    this.count += to - from;
  }

  /** For so many more words. */
  #makeRoom(words: number): void {
    while (this.count + words > this.#numbers.length) {
      this.#numbers = grown(this.#numbers);
      this.#starts = grown(this.#starts);
    }
  }

  /** In the order of the text. */
  #rewordings(): PlacedRewording[] {
    const all: PlacedRewording[] = [];
    const { rewordings } = this.table;
    for (let at = 0; at < this.count; at++) {
      for (const rewording of rewordings.at(this.#numbers, at, this.count)) {
        if (!this.#isParted(at, rewording.from.length)) all.push({ at, rewording });
      }
    }
    all.sort((a, b) => b.rewording.from.length - a.rewording.from.length || a.at - b.at);
    const isSeen = new Uint8Array(this.count);
    const found: PlacedRewording[] = [];
    for (const { at, rewording } of all) {
      const last = at + rewording.from.length - 1;
      if (!isSeen[at] && !isSeen[last] && this.end(last) - this.start(at) === this.#lengthOf(rewording)) {
        found.push({ at, rewording });
      }
      isSeen.fill(1, at, last + 1);
    }
    return found.sort((a, b) => a.at - b.at);
  }

  #isParted(first: number, count: number): boolean {
    for (let i = first + 1; i < first + count; i++) if (this.hasSpaceWordBefore(i)) return true;
    return false;
  }

  #lengthOf({ from }: Rewording): number {
    return from.reduce((length, word) => length + (this.table.lengths[word] as number), 0);
  }
}
