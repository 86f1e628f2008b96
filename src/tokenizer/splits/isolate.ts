import { codePointAt, SPACE, unitsOf } from '../unicode/character-class';
import { type CharacterSet, ClassSet } from './character-set';
import type { Split } from './split';

/** Splits whose regex matches only some of the text: every match is a piece, and so is what lies between two. */

/** `[set]`: every character of the set by itself. */
export function isolateEach(set: CharacterSet): Split {
  return (units, from, end) => {
    const point = codePointAt(units, from, end);
    return set.has(point) ? from + unitsOf(point) : runEnd(units, from, end, set, false);
  };
}

/** `[set]+` */
export function isolateRuns(set: CharacterSet): Split {
  return (units, from, end) => runEnd(units, from, end, set, set.has(codePointAt(units, from, end)));
}

/** `\s?[set]+` */
export function isolateSpacedRuns(set: CharacterSet): Split {
  return (units, from, end) => {
    const start = isSpace(units[from]) && !set.has(units[from] ?? 0) ? from + 1 : from;
    const match = runEnd(units, start, end, set, true);
    if (match > start) return match;
    const next = runEnd(units, start, end, set, false);
    return next < end && isSpace(units[next - 1]) ? next - 1 : next;
  };
}

/** `\s+$` */
export const isolateFinalSpaces: Split = (units, from, end) => {
  let start = end;
  while (start > from && isSpace(units[start - 1])) start--;
  return start > from ? start : end;
};

/** `[0-9][0-9][0-9]` */
export const isolateThreeDigits: Split = (units, from, end) => {
  let digits = 0;
  for (let at = from; at < end; at++) {
    digits = isAsciiDigit(units[at]) ? digits + 1 : 0;
    if (digits === 3) return at === from + 2 ? at + 1 : at - 2;
  }
  return end;
};

const spaces = new ClassSet(SPACE);

/** White space has no character that takes two units. */
function isSpace(unit: number | undefined): boolean {
  return spaces.has(unit ?? 0);
}

function isAsciiDigit(unit: number | undefined): boolean {
  return unit !== undefined && unit >= 0x30 && unit <= 0x39;
}

/** Where the run of characters that are in the set, or are not, ends. */
function runEnd(units: Uint16Array, from: number, end: number, set: CharacterSet, inside: boolean): number {
  let at = from;
  while (at < end) {
    const point = codePointAt(units, at, end);
    if (set.has(point) !== inside) break;
    at += unitsOf(point);
  }
  return at;
}
