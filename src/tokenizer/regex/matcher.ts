import { codePointAt, unitsOf } from '../unicode/character-class';
import { isPlace } from './places';
import type { Instruction } from './program';

/** Steps in a row after which a text is given up: some tenths of a second. */
const MOST_STEPS = 5_000_000;
/** And for all of a text: so many for each of its units, and some more. */
const STEPS_A_UNIT = 500;

/** Bits of what was tried, at most: 128 MB. */
const MOST_BITS = 2 ** 30;

/** Thrown where a regex takes too long on a text. */
export class TooManySteps extends Error {}

/**
 * Runs a program over a piece of text: the first match by the order of its options, as Perl's and Oniguruma's.
 *
 * A pair of a step and a place that led to no match is never tried again: the rest of a match depends on nothing else,
 * for there are no references back. So `(a+)+$` takes time that is linear in the text. What is not, such as a
 * lookahead to the end of the text at every place, is given up after a number of steps.
 */
export class Matcher {
  /** By split and place, whether it was tried: Uint32Array of bits // [splits, length + 1] */
  private readonly tried: Uint32Array;
  /** The index of each split among the splits. */
  private readonly splits: Int32Array;
  /** What was tried since the search began, to be forgotten where it finds a match. */
  private readonly marks: number[] = [];
  private readonly stack: number[] = [];
  private steps = 0;
  private allSteps = 0;
  private readonly width: number;

  /** @param units of which [begin, end) is the text */
  constructor(
    private readonly instructions: readonly Instruction[],
    private readonly units: Uint16Array,
    private readonly begin: number,
    private readonly end: number,
  ) {
    this.width = end - begin + 1;
    let count = 0;
    this.splits = Int32Array.from(instructions, ({ type }) => (type === 'split' ? count++ : -1));
    if (count * this.width > MOST_BITS) throw new TooManySteps();
    this.tried = new Uint32Array(Math.ceil((count * this.width) / 32));
  }

  /** The first match at `from` or after it; undefined where there is none. @throws TooManySteps */
  find(from: number): { start: number; end: number } | undefined {
    this.allSteps += this.steps;
    if (this.allSteps > STEPS_A_UNIT * this.width + MOST_STEPS) throw new TooManySteps();
    this.steps = 0;
    this.marks.length = 0;
    for (let start = from; ; start += unitsOf(codePointAt(this.units, start, this.end))) {
      const end = this.run(0, start);
      if (end >= 0) return { start, end };
      if (start >= this.end) return undefined;
    }
  }

  /** Runs from a step to its `match`. @returns where the match ends, -1 where there is none */
  private run(from: number, start: number): number {
    const { stack, instructions } = this;
    const bottom = stack.length;
    const marks = this.marks.length;
    let at = from;
    let place = start;
    for (;;) {
      if (++this.steps > MOST_STEPS) throw new TooManySteps();
      const instruction = instructions[at];
      if (!instruction || instruction.type === 'match') {
        stack.length = bottom;
        this.forget(marks);
        return place;
      }
      const next = this.step(instruction, at, place);
      if (next >= 0) {
        at = this.nextAt;
        place = next;
        continue;
      }
      if (stack.length === bottom) return -1;
      place = stack.pop() ?? 0;
      at = stack.pop() ?? 0;
    }
  }

  /** Where the last step goes on. */
  private nextAt = 0;

  /** @returns the place after a step, -1 where it fails */
  private step(instruction: Exclude<Instruction, { type: 'match' }>, at: number, place: number): number {
    this.nextAt = at + 1;
    switch (instruction.type) {
      case 'set': {
        if (place >= this.end) return -1;
        const point = codePointAt(this.units, place, this.end);
        // Half a character is U+FFFD to the reference.
        const known = (point & 0xfffff800) === 0xd800 ? 0xfffd : point;
        return instruction.set.has(known) ? place + unitsOf(point) : -1;
      }
      case 'jump':
        this.nextAt = instruction.to;
        return place;
      case 'assert':
        return isPlace(instruction.place, this.units, place, this.begin, this.end) ? place : -1;
      case 'split':
        if (!this.mark(at, place)) return -1;
        this.stack.push(instruction.second, place);
        this.nextAt = instruction.first;
        return place;
      case 'run':
        return this.inner(instruction, at, place);
    }
  }

  private inner(instruction: Instruction & { type: 'run' }, at: number, place: number): number {
    const isBehind = instruction.kind === 'behind' || instruction.kind === 'notBehind';
    const start = isBehind ? this.back(place, instruction.back) : place;
    const end = start < 0 ? -1 : this.run(at + 1, start);
    this.nextAt = instruction.to;
    if (instruction.kind === 'atomic') return end;
    const isThere = isBehind ? end === place : end >= 0;
    const isWanted = instruction.kind === 'ahead' || instruction.kind === 'behind';
    return isThere === isWanted ? place : -1;
  }

  /** The place so many characters before another; -1 where the text does not go back so far. */
  private back(place: number, characters: number): number {
    let at = place;
    for (let i = 0; i < characters; i++) {
      if (at <= this.begin) return -1;
      const isPair = at - 2 >= this.begin && codePointAt(this.units, at - 2, this.end) > 0xffff;
      at -= isPair ? 2 : 1;
    }
    return at;
  }

  /** @returns false if the split was tried here already */
  private mark(at: number, place: number): boolean {
    const bit = (this.splits[at] ?? 0) * this.width + place - this.begin;
    const word = Math.floor(bit / 32);
    const mask = 1 << (bit & 31);
    const bits = this.tried[word] ?? 0;
    if (bits & mask) return false;
    this.tried[word] = bits | mask;
    this.marks.push(bit);
    return true;
  }

  /** Forgets what was tried since there were `count` marks: it belongs to a match, or was left behind by one. */
  private forget(count: number): void {
    for (let i = count; i < this.marks.length; i++) {
      const bit = this.marks[i] ?? 0;
      const word = Math.floor(bit / 32);
      this.tried[word] = (this.tried[word] ?? 0) & ~(1 << (bit & 31));
    }
    this.marks.length = count;
  }
}
