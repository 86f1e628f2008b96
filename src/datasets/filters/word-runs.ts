import type { Span } from '../../shared/filters-api';
import { mixed } from '../text/chunk-table';
import type { Words } from '../text/words';

/** The run of words that stands most often in a text: where it stands first, and how often. */
export interface FrequentRun {
  first: number;
  times: number;
}

/** Runs of so many words, found in a text by their hashes and then compared. */
export class WordRuns {
  readonly #words: Words;
  readonly #numbers: Int32Array;
  /** Before each word: code points, and UTF-16 units, of all words before it. */
  readonly #points: Int32Array;
  readonly #units: Int32Array;
  /** Before each word: the hash of all words before it, and what makes the hash of a run out of a difference of two of them. */
  readonly #hashes: Int32Array;
  readonly #inverses: Int32Array;
  readonly #slots: Int32Array;

  constructor(words: Words) {
    const { count, table } = words;
    this.#words = words;
    this.#numbers = new Int32Array(count);
    this.#points = new Int32Array(count + 1);
    this.#units = new Int32Array(count + 1);
    this.#hashes = new Int32Array(count + 1);
    this.#inverses = new Int32Array(count + 1);
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * count + 2)));
    let [points, units, hash, power, inverse] = [0, 0, 0, 1, 1];
    for (let i = 0; i < count; i++) {
      const word = words.number(i);
      this.#numbers[i] = word;
      this.#inverses[i] = inverse;
      hash += Math.imul(table.hashes[word] as number, power);
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
    const times = new Int32Array(count);
    let first = 0;
    this.#slots.fill(0);
    for (let i = 0; i < count; i++) {
      let slot = this.#slot(i, length);
      let same = this.#slots[slot] as number;
      while (same !== 0 && !this.#hasSameWords(same - 1, i, length)) {
        slot = (slot + 1) & (this.#slots.length - 1);
        same = this.#slots[slot] as number;
      }
      if (same === 0) {
        this.#slots[slot] = i + 1;
        times[i] = 1;
        continue;
      }
      const now = (times[same - 1] as number) + 1;
      times[same - 1] = now;
      const most = times[first] as number;
      if (now > most || (now === most && same - 1 < first)) first = same - 1;
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
    const count = this.#numbers.length - length + 1;
    let points = 0;
    this.#slots.fill(0);
    for (let i = 0; i < count; ) {
      let slot = this.#slot(i, length);
      let same = this.#slots[slot] as number;
      while (same !== 0 && !this.#hasSameCharacters(same - 1, i, length)) {
        slot = (slot + 1) & (this.#slots.length - 1);
        same = this.#slots[slot] as number;
      }
      if (same === 0) {
        this.#slots[slot] = ++i;
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

  /** Where a run is looked for first. */
  #slot(run: number, length: number): number {
    const difference = (this.#hashes[run + length] as number) - (this.#hashes[run] as number);
    return mixed(Math.imul(difference, this.#inverses[run] as number)) & (this.#slots.length - 1);
  }

  #hasSameWords(a: number, b: number, length: number): boolean {
    for (let i = 0; i < length; i++) if (this.#numbers[a + i] !== this.#numbers[b + i]) return false;
    return true;
  }

  /** Whether two runs are the same once their words are joined without spaces, wherever the words end. */
  #hasSameCharacters(a: number, b: number, length: number): boolean {
    const units = this.#unitsOf(a, length);
    if (units !== this.#unitsOf(b, length)) return false;
    return this.#hasSameWords(a, b, length) || this.#characters(a, length) === this.#characters(b, length);
  }

  #unitsOf(first: number, length: number): number {
    return (this.#units[first + length] as number) - (this.#units[first] as number);
  }

  #characters(first: number, length: number): string {
    let characters = '';
    for (let i = first; i < first + length; i++) {
      characters += this.#words.text.slice(this.#words.start(i), this.#words.end(i));
    }
    return characters;
  }
}
