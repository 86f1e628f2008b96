import type { Span } from '../../shared/tokens';
import { codePointAt, unitsOf } from '../unicode/character-class';
import type { CharacterSet } from './character-set';

/** What is looked for in a text to split it there. */
export interface Pattern {
  /** What is found in `units[begin, end)`, in order. */
  matches(units: Uint16Array, begin: number, end: number): Iterable<Span>;
}

/** Each character of a set. */
export class EachOf implements Pattern {
  constructor(private readonly set: CharacterSet) {}

  *matches(units: Uint16Array, begin: number, end: number): Generator<Span> {
    for (let at = begin; at < end; ) {
      const point = codePointAt(units, at, end);
      const next = at + unitsOf(point);
      if (this.set.has(point)) yield { start: at, end: next };
      at = next;
    }
  }
}

/** A text as it stands. */
export class Literal implements Pattern {
  /** @param text not empty */
  constructor(private readonly text: Uint16Array) {}

  *matches(units: Uint16Array, begin: number, end: number): Generator<Span> {
    const { length } = this.text;
    for (let at = begin; at + length <= end; ) {
      if (this.isAt(units, at)) {
        yield { start: at, end: at + length };
        at += length;
      } else at++;
    }
  }

  private isAt(units: Uint16Array, at: number): boolean {
    for (let i = 0; i < this.text.length; i++) if (units[at + i] !== this.text[i]) return false;
    return true;
  }
}
