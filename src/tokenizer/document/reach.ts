import { classOf, codePointAt, LETTER, MARK, SPACE } from '../unicode/character-class';

/** Every split looks ahead through white space, some also through letters and marks, and then at three units at most. */
const LOOKED_THROUGH = SPACE | LETTER | MARK;
const LOOKED_AT = 3;

/**
 * How far from the start of `units` the text after them can be felt: a border between two pieces that lies before
 * the place given stays, whatever follows.
 *
 * @param longestAdded UTF-16 units of the longest added token, which could begin before the end of `units`
 */
export function settledEnd(units: Uint16Array, longestAdded: number): number {
  let at = Math.max(0, units.length - LOOKED_AT - longestAdded);
  while (at > 0) {
    const previous = isPair(units, at - 2) ? at - 2 : at - 1;
    const point = codePointAt(units, previous, units.length);
    // Half a character may be one of a letter that `units` begins in the middle of.
    if (!isHalf(point) && (classOf(point) & LOOKED_THROUGH) === 0) break;
    at = previous;
  }
  return at;
}

function isPair(units: Uint16Array, at: number): boolean {
  return at >= 0 && codePointAt(units, at, units.length) > 0xffff;
}

function isHalf(point: number): boolean {
  return (point & 0xfffff800) === 0xd800;
}
