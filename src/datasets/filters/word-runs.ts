import type { Span } from '../../shared/filters-api';
import { zeros } from '../text/numbers';
import { Scratch } from '../text/scratch';
import type { Words } from '../text/words';

/** The run of words that stands most often in a text: where it stands first, and how often. */
export interface FrequentRun {
  first: number;
  times: number;
}

/** Multiplied by it, all bits of a number come into the upper ones: 2^32 divided by the golden ratio. */
const MIXING = 0x9e3779b1;

const table = new Scratch(Int32Array);

/** Runs of so many words of a text, found by their hashes and then compared. */
export class WordRuns {
  readonly #words: Words;
  readonly #numbers: Int32Array;
  /** Before each word: code points, and UTF-16 units, of all words before it. */
  readonly #points: Int32Array;
  readonly #units: Int32Array;
  /** Before each word: the hash of all words before it, and what makes the hash of a run out of a difference of two of them. */
  readonly #hashes: Int32Array;
  readonly #inverses: Int32Array;
  /** By hash, two numbers for each run: its hash, and its first word + 1. */
  #slots: Int32Array = new Int32Array();
  #slotBits = 0;
  /** Of each length that has been looked for: how often the run of each word was found again, or 1 where another is its first. */
  readonly #repeats = new Map<number, Int32Array>();

  constructor(words: Words) {
    const { count, numbers } = words;
    const { hashes, powers, inversePowers, points, lengths } = words.table;
    this.#words = words;
    this.#numbers = numbers;
    this.#points = zeros(count + 1);
    this.#units = zeros(count + 1);
    this.#hashes = zeros(count + 1);
    this.#inverses = zeros(count + 1);
    let [pointsBefore, unitsBefore, hash, power, inverse] = [0, 0, 0, 1, MIXING];
    for (let i = 0; i < count; i++) {
      const word = numbers[i] as number;
      this.#inverses[i] = inverse;
      hash = (hash + Math.imul(hashes[word] as number, power)) | 0;
      power = Math.imul(power, powers[word] as number);
      inverse = Math.imul(inverse, inversePowers[word] as number);
      pointsBefore += points[word] as number;
      unitsBefore += lengths[word] as number;
      this.#hashes[i + 1] = hash;
      this.#points[i + 1] = pointsBefore;
      this.#units[i + 1] = unitsBefore;
    }
  }

  /** Of those that stand as often the first. @returns undefined where there are too few words */
  mostFrequent(length: number): FrequentRun | undefined {
    const count = this.#clearSlots(length);
    if (count < 1) return undefined;
    // What stands once is no part of what stands twice.
    const shorter = this.#repeats.get(length - 1);
    const repeats = zeros(count);
    this.#repeats.set(length, repeats);
    const most = { first: 0, times: 1 };
    for (let run = 0; run < count; run++) {
      if (shorter?.[run] === 0) continue;
      const first = this.#find(run, length, true);
      if (first === -1) continue;
      repeats[run] = 1;
      const found = (repeats[first] as number) + 1;
      repeats[first] = found;
      if (found + 1 >= most.times) keepMostFrequent(most, first, found + 1);
    }
    return most;
  }

  /** Code points of a run whose words are joined by spaces. */
  joinedPoints(first: number, length: number): number {
    return this.#pointsOf(first, length) + length - 1;
  }

  /**
   * Code points, without white space, of runs whose characters have stood there before: after one, reading goes on behind it.
   *
   * @param found is told the first word of each
   */
  repeatedPoints(length: number, found?: (first: number) => void): number {
    const count = this.#clearSlots(length);
    let points = 0;
    for (let run = 0; run < count; ) {
      if (this.#find(run, length, false) === -1) run++;
      else {
        points += this.#pointsOf(run, length);
        found?.(run);
        run += length;
      }
    }
    return points;
  }

  /** Where a run stands, each time. */
  spansOf(first: number, length: number): Span[] {
    const spans: Span[] = [];
    for (let i = first; i + length <= this.#words.count; i++) {
      if (this.#hasSameWords(first, i, length)) spans.push(this.span(i, length));
    }
    return spans;
  }

  span(first: number, length: number): Span {
    return { start: this.#words.start(first), end: this.#words.end(first + length - 1) };
  }

  /** @returns how many runs of so many words there are, for which there is room then */
  #clearSlots(length: number): number {
    const count = this.#words.count - length + 1;
    this.#slotBits = bitsFor(2 * Math.max(count, 0));
    this.#slots = table.zeros(2 << this.#slotBits);
    return count;
  }

  /** The run that was looked for first of those that are the same, or -1 where this is the first. */
  #find(run: number, length: number, asWords: boolean): number {
    const slots = this.#slots;
    const mask = (2 << this.#slotBits) - 1;
    const difference = (this.#hashes[run + length] as number) - (this.#hashes[run] as number);
    const hash = Math.imul(difference, this.#inverses[run] as number);
    let slot = (hash >>> (32 - this.#slotBits)) << 1;
    let first = (slots[slot + 1] as number) - 1;
    while (first !== -1 && (slots[slot] !== hash || !this.#isSame(first, run, length, asWords))) {
      slot = (slot + 2) & mask;
      first = (slots[slot + 1] as number) - 1;
    }
    if (first === -1) {
      slots[slot] = hash;
      slots[slot + 1] = run + 1;
    }
    return first;
  }

  #pointsOf(first: number, length: number): number {
    return (this.#points[first + length] as number) - (this.#points[first] as number);
  }

  #unitsOf(first: number, length: number): number {
    return (this.#units[first + length] as number) - (this.#units[first] as number);
  }

  /** @param asWords or whether they are the same once their words are joined without spaces, wherever the words end */
  #isSame(a: number, b: number, length: number, asWords: boolean): boolean {
    if (this.#hasSameWords(a, b, length)) return true;
    if (asWords || this.#unitsOf(a, length) !== this.#unitsOf(b, length)) return false;
    return this.#characters(a, length) === this.#characters(b, length);
  }

  #hasSameWords(a: number, b: number, length: number): boolean {
    for (let i = 0; i < length; i++) if (this.#numbers[a + i] !== this.#numbers[b + i]) return false;
    return true;
  }

  #characters(first: number, length: number): string {
    let characters = '';
    for (let i = first; i < first + length; i++) {
      characters += this.#words.text.slice(this.#words.start(i), this.#words.end(i));
    }
    return characters;
  }
}

/** Of those that stand as often the first. */
function keepMostFrequent(most: FrequentRun, first: number, times: number): void {
  if (times > most.times || first < most.first) {
    most.first = first;
    most.times = times;
  }
}

/** How many bits number more than so many places. */
function bitsFor(places: number): number {
  return Math.max(4, 32 - Math.clz32(places));
}
