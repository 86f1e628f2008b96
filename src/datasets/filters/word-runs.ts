import type { Span } from '../../shared/filters-api';
import { mixed } from '../text/chunk-table';
import { Scratch, zeros } from '../text/numbers';
import type { Words } from '../text/words';

/** The run of words that stands most often in a text: where it stands first, and how often. */
export interface FrequentRun {
  first: number;
  times: number;
}

/** Of so many characters at the beginning of a run it is known whether they stand at the beginning of another. */
const BEGINNING = 12;

/** Where runs are looked for, and what else is known of each while they are. */
const slotsOfRuns = new Scratch();
const others = new Scratch();
const units = new Scratch();

/** Of each pair of them, what it is multiplied by: odd numbers of random bits. */
const FACTORS = Int32Array.of(0x9e3779b1, 0x85ebca77, 0xc2b2ae3d, 0x27d4eb2f, 0x165667b1, 0x2c1b3c6d);

/**
 * Runs of so many words, found in a text by their hashes and then compared. Most words begin nothing that comes back, so that
 * longer runs are looked for only where shorter ones, or their first characters, have been found twice.
 */
export class WordRuns {
  readonly #words: Words;
  readonly #numbers: Int32Array;
  /** Before each word: code points, and UTF-16 units, of all words before it. */
  readonly #points: Int32Array;
  readonly #units: Int32Array;
  /** Before each word: the hash of all words before it, and what makes the hash of a run out of a difference of two of them. */
  readonly #hashes: Int32Array;
  readonly #inverses: Int32Array;
  readonly #slotCount: number;
  /** Of each length that has been looked for: whether the run that begins at a word stands elsewhere too. */
  readonly #isFrequent = new Map<number, Int32Array>();
  #beginsTwice: Int32Array | undefined;

  constructor(words: Words) {
    const { count, table } = words;
    this.#words = words;
    this.#numbers = zeros(count);
    this.#points = zeros(count + 1);
    this.#units = zeros(count + 1);
    this.#hashes = zeros(count + 1);
    this.#inverses = zeros(count + 1);
    this.#slotCount = 2 ** Math.ceil(Math.log2(2 * count + 2));
    let [points, units, hash, power, inverse] = [0, 0, 0, 1, 1];
    for (let i = 0; i < count; i++) {
      const word = words.number(i);
      this.#numbers[i] = word;
      this.#inverses[i] = inverse;
      hash = (hash + Math.imul(table.hashes[word] as number, power)) | 0;
      power = Math.imul(power, table.powers[word] as number);
      inverse = Math.imul(inverse, table.inversePowers[word] as number);
      points += table.points[word] as number;
      units += table.lengths[word] as number;
      this.#hashes[i + 1] = hash;
      this.#points[i + 1] = points;
      this.#units[i + 1] = units;
    }
  }

  /** Of those that stand as often the first. @returns undefined where there are too few words */
  mostFrequent(length: number): FrequentRun | undefined {
    const count = this.#numbers.length - length + 1;
    if (count < 1) return undefined;
    const mayBeFrequent = this.#isFrequent.get(length - 1);
    const isFrequent = zeros(count);
    this.#isFrequent.set(length, isFrequent);
    const times = others.zeros(count);
    times[0] = 1;
    let first = 0;
    const slots = slotsOfRuns.zeros(this.#slotCount);
    const mask = slots.length - 1;
    for (let i = 0; i < count; i++) {
      if (mayBeFrequent?.[i] === 0) continue;
      let slot = this.#hash(i, length) & mask;
      let same = (slots[slot] as number) - 1;
      while (same !== -1 && !this.#hasSameWords(same, i, length)) {
        slot = (slot + 1) & mask;
        same = (slots[slot] as number) - 1;
      }
      if (same === -1) {
        slots[slot] = i + 1;
        times[i] = 1;
        continue;
      }
      isFrequent[i] = 1;
      isFrequent[same] = 1;
      const now = (times[same] as number) + 1;
      times[same] = now;
      const most = times[first] as number;
      if (now > most || (now === most && same < first)) first = same;
    }
    return { first, times: times[first] as number };
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
    this.#beginsTwice ??= this.#findBeginnings();
    const beginsTwice = this.#beginsTwice;
    const count = this.#numbers.length - length + 1;
    const slots = slotsOfRuns.zeros(this.#slotCount);
    const mask = slots.length - 1;
    let points = 0;
    for (let i = 0; i < count; ) {
      if (beginsTwice[i] === 0 && this.#unitsOf(i, length) >= BEGINNING) {
        i++;
        continue;
      }
      let slot = this.#hash(i, length) & mask;
      let same = (slots[slot] as number) - 1;
      while (same !== -1 && !this.#hasSameCharacters(same, i, length)) {
        slot = (slot + 1) & mask;
        same = (slots[slot] as number) - 1;
      }
      if (same === -1) {
        slots[slot] = ++i;
        continue;
      }
      points += this.#pointsOf(i, length);
      found?.(i);
      i += length;
    }
    return points;
  }

  /** Where a run stands, each time. */
  spansOf(first: number, length: number): Span[] {
    const spans: Span[] = [];
    for (let i = first; i + length <= this.#numbers.length; i++) {
      if (this.#hasSameWords(first, i, length)) spans.push(this.span(i, length));
    }
    return spans;
  }

  span(first: number, length: number): Span {
    return { start: this.#words.start(first), end: this.#words.end(first + length - 1) };
  }

  #pointsOf(first: number, length: number): number {
    return (this.#points[first + length] as number) - (this.#points[first] as number);
  }

  #unitsOf(first: number, length: number): number {
    return (this.#units[first + length] as number) - (this.#units[first] as number);
  }

  #hash(run: number, length: number): number {
    const difference = (this.#hashes[run + length] as number) - (this.#hashes[run] as number);
    return mixed(Math.imul(difference, this.#inverses[run] as number));
  }

  #hasSameWords(a: number, b: number, length: number): boolean {
    for (let i = 0; i < length; i++) if (this.#numbers[a + i] !== this.#numbers[b + i]) return false;
    return true;
  }

  /** Whether two runs are the same once their words are joined without spaces, wherever the words end. */
  #hasSameCharacters(a: number, b: number, length: number): boolean {
    if (this.#unitsOf(a, length) !== this.#unitsOf(b, length)) return false;
    return this.#hasSameWords(a, b, length) || this.#characters(a, length) === this.#characters(b, length);
  }

  #characters(first: number, length: number): string {
    let characters = '';
    for (let i = first; i < first + length; i++) {
      characters += this.#words.text.slice(this.#words.start(i), this.#words.end(i));
    }
    return characters;
  }

  /** Of each word, whether the first characters from it on have the hash of those from another on. */
  #findBeginnings(): Int32Array {
    const all = this.#allUnits();
    const { length } = this.#numbers;
    const isTwice = zeros(length);
    const hashes = others.zeros(length);
    const slots = slotsOfRuns.zeros(this.#slotCount);
    const mask = slots.length - 1;
    for (let i = 0; i < length; i++) {
      const start = this.#units[i] as number;
      let hash = 0;
      for (let unit = 0; unit < BEGINNING; unit += 2) {
        const pair = (all[start + unit] as number) | ((all[start + unit + 1] as number) << 16);
        hash ^= Math.imul(pair, FACTORS[unit >> 1] as number);
      }
      hashes[i] = hash;
      let slot = mixed(hash) & mask;
      let same = (slots[slot] as number) - 1;
      while (same !== -1 && hashes[same] !== hash) {
        slot = (slot + 1) & mask;
        same = (slots[slot] as number) - 1;
      }
      if (same === -1) slots[slot] = i + 1;
      else {
        isTwice[i] = 1;
        isTwice[same] = 1;
      }
    }
    return isTwice;
  }

  /** Of all words one behind another, and some more. */
  #allUnits(): Int32Array {
    const { units: own, count } = this.#words;
    const all = units.zeros((this.#units[count] as number) + BEGINNING);
    for (let i = 0, at = 0; i < count; i++) {
      const end = this.#words.end(i);
      for (let unit = this.#words.start(i); unit < end; unit++) all[at++] = own[unit] as number;
    }
    return all;
  }
}
