import { isSpace } from './characters';
import { grown } from './ranges';
import { WordTable } from './word-table';

let table = new WordTable();

/** The words of a text as spaCy's English finds them, which are datatrove's: their numbers in a table, and where they stand. */
export class Words {
  count = 0;
  readonly table: WordTable;
  #numbers = new Int32Array(256);
  #starts = new Int32Array(256);

  constructor(readonly text: string) {
    if (table.isFull) table = new WordTable();
    this.table = table;
    const { length } = text;
    for (let i = 0; i < length; ) {
      while (i < length && isSpace(text.charCodeAt(i))) i++;
      const start = i;
      while (i < length && !isSpace(text.charCodeAt(i))) i++;
      if (i > start) this.#add(text.slice(start, i), start);
    }
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

  #add(chunk: string, start: number): void {
    let place = start;
    for (const number of this.table.wordsOf(chunk)) {
      if (this.count === this.#starts.length) {
        this.#numbers = grown(this.#numbers);
        this.#starts = grown(this.#starts);
      }
      this.#numbers[this.count] = number;
      this.#starts[this.count++] = place;
      place += this.table.lengths[number] as number;
    }
  }
}
