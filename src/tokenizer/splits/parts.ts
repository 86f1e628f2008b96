import {
  classOf,
  codePointAt,
  LETTER,
  NUMBER,
  runEnd,
  runEndOutside,
  SPACE,
  unitsOf,
} from '../unicode/character-class';

/** What the regexes of the known splits have in common: each function is one alternative, or a part of one. */

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const BLANK = 0x20;
const APOSTROPHE = 0x27;
const LONG_S = 0x17f;

export function isNewline(unit: number | undefined): boolean {
  return unit === LINE_FEED || unit === CARRIAGE_RETURN;
}

/** `'s|'t|'re|'ve|'m|'ll|'d`: where it ends, `at` where there is none. */
export function contractionEnd(units: Uint16Array, at: number, end: number): number {
  if (units[at] !== APOSTROPHE || at + 1 >= end) return at;
  return at + contractionLength(units[at + 1] ?? 0, at + 2 < end ? (units[at + 2] ?? 0) : 0);
}

/** `(?i:'s|'t|'re|'ve|'m|'ll|'d)` */
export function anyCaseContractionEnd(units: Uint16Array, at: number, end: number): number {
  if (units[at] !== APOSTROPHE || at + 1 >= end) return at;
  return at + contractionLength(foldCase(units[at + 1] ?? 0), at + 2 < end ? foldCase(units[at + 2] ?? 0) : 0);
}

/** ` ?[^\s\p{L}\p{N}]+` (`inWord`: the classes it leaves out beside `\s`): where it ends, `at` where there is none. */
export function symbolsEnd(units: Uint16Array, at: number, end: number, inWord = LETTER | NUMBER): number {
  const start = units[at] === BLANK ? at + 1 : at;
  const symbols = runEndOutside(units, start, end, inWord | SPACE);
  return symbols > start ? symbols : at;
}

/** `\p{N}{1,most}` */
export function digitsEnd(units: Uint16Array, at: number, end: number, most: number): number {
  let next = at;
  for (let i = 0; i < most && next < end; i++) {
    const point = codePointAt(units, next, end);
    if (classOf(point) !== NUMBER) break;
    next += unitsOf(point);
  }
  return next;
}

/** `\s+(?!\S)|\s+`: all of the run but its last character, which the next word may want; alone, that one too. */
export function spacesEnd(units: Uint16Array, at: number, end: number): number {
  const run = runEnd(units, at, end, SPACE);
  return run === end || run === at + 1 ? run : run - 1;
}

/** `\s*[\r\n]+|\s+(?!\S)|\s+` */
export function linesOrSpacesEnd(units: Uint16Array, at: number, end: number): number {
  let line = runEnd(units, at, end, SPACE);
  while (line > at && !isNewline(units[line - 1])) line--;
  return line > at ? line : spacesEnd(units, at, end);
}

/** How long `'` and these two letters are as a contraction, 0 if they are none. */
function contractionLength(first: number, second: number): number {
  switch (String.fromCharCode(first)) {
    case 's':
    case 't':
    case 'm':
    case 'd':
      return 2;
    case 'r':
    case 'v':
      return second === 0x65 ? 3 : 0;
    case 'l':
      return second === 0x6c ? 3 : 0;
    default:
      return 0;
  }
}

/** Simple case folding, as far as it can give one of the letters above: the long s is an s too. */
function foldCase(unit: number): number {
  if (unit === LONG_S) return 0x73;
  return unit >= 0x41 && unit <= 0x5a ? unit + 0x20 : unit;
}
