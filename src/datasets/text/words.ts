import { isSpace, unitsOf } from './characters';
import { grown, zeros } from './numbers';
import { LONGEST_KEPT, type Rewording, WordTable } from './word-table';

const SPACE = 0x20;
const HASH_FACTOR = 0x01000193;

let table = new WordTable();

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

  /** The first word that begins at a place or after it. */
  firstFrom(place: number): number {
    let low = 0;
    for (let high = this.count; low < high; ) {
      const middle = (low + high) >> 1;
      if (this.start(middle) < place) low = middle + 1;
      else high = middle;
    }
    return low;
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
        hash = Math.imul(hash ^ unit, HASH_FACTOR);
        unit = ++i < length ? (units[i] as number) : SPACE;
      } while (!isSpace(unit));
      if (i - start > LONGEST_KEPT) {
        const words = table.wordsOf(text.slice(start, i));
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
    let { count } = this;
    let place = start;
    for (let i = from; i < to; i++) {
      if (count === this.#starts.length) {
        this.#numbers = grown(this.#numbers);
        this.#starts = grown(this.#starts);
      }
      const number = words[i] as number;
      this.#numbers[count] = number;
      this.#starts[count++] = place;
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
    if (rewordings.size === 0) return;
    const [numbers, starts, count] = [this.#numbers, this.#starts, this.count];
    this.count = 0;
    this.#numbers = zeros(count + 1);
    this.#starts = zeros(count + 1);
    for (let i = 0; i < count; ) {
      const rewording = rewordings.get(i);
      const words = rewording?.to ?? [numbers[i] as number];
      this.#add(words, 0, words.length, starts[i] as number);
      i += rewording?.from.length ?? 1;
    }
  }

  #rewordings(): Map<number, Rewording> {
    const numbers = this.#numbers.subarray(0, this.count);
    const all: { at: number; rewording: Rewording }[] = [];
    for (let at = 0; at < this.count; at++) {
      for (const rewording of this.table.rewordingsAt(numbers, at)) {
        if (!this.#isParted(at, rewording.from.length)) all.push({ at, rewording });
      }
    }
    all.sort((a, b) => b.rewording.from.length - a.rewording.from.length || a.at - b.at);
    const isSeen = new Uint8Array(this.count);
    const found = new Map<number, Rewording>();
    for (const { at, rewording } of all) {
      const last = at + rewording.from.length - 1;
      if (!isSeen[at] && !isSeen[last] && this.end(last) - this.start(at) === this.#lengthOf(rewording)) {
        found.set(at, rewording);
      }
      isSeen.fill(1, at, last + 1);
    }
    return found;
  }

  #isParted(first: number, count: number): boolean {
    for (let i = first + 1; i < first + count; i++) if (this.hasSpaceWordBefore(i)) return true;
    return false;
  }

  #lengthOf({ from }: Rewording): number {
    return from.reduce((length, word) => length + (this.table.lengths[word] as number), 0);
  }
}
