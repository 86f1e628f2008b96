import { RUNS } from './table.generated';

/** Classes of characters as bits, so that a set of classes is a mask. Nothing a split asks for lies outside them. */
export const CharacterClass = {
  /** `\p{Lu}` and `\p{Lt}` */
  UpperLetter: 1,
  /** `\p{Ll}` */
  LowerLetter: 2,
  /** `\p{Lm}` and `\p{Lo}` */
  OtherLetter: 4,
  /** `\p{M}` */
  Mark: 8,
  /** `\p{N}` */
  Number: 16,
  /** `\p{P}` */
  Punctuation: 32,
  /** `\p{S}` */
  Symbol: 64,
  /** White_Space, the `\s` of the reference tokenizers (not of JavaScript: U+0085 is in it, U+FEFF is not). */
  Space: 128,
} as const;

/** `\p{L}` */
export const LETTER = CharacterClass.UpperLetter | CharacterClass.LowerLetter | CharacterClass.OtherLetter;
export const MARK = CharacterClass.Mark;
export const NUMBER = CharacterClass.Number;
export const SPACE = CharacterClass.Space;

/** The class of every code point of Unicode 16, 0 for the rest; a lone surrogate has that of U+FFFD: Uint8Array // [0x110000] */
const CLASS_OF = decodeRuns(RUNS);

/** The code point at `at`, which is before `end`; a lone surrogate is itself. */
export function codePointAt(units: Uint16Array, at: number, end: number): number {
  const unit = units[at] ?? 0;
  if ((unit & 0xfc00) !== 0xd800 || at + 1 >= end) return unit;
  const low = units[at + 1] ?? 0;
  return (low & 0xfc00) === 0xdc00 ? 0x10000 + ((unit & 0x3ff) << 10) + (low & 0x3ff) : unit;
}

/** How many UTF-16 units a code point takes. */
export function unitsOf(point: number): number {
  return point > 0xffff ? 2 : 1;
}

export function classOf(point: number): number {
  return CLASS_OF[point] ?? 0;
}

/** Where the run of characters of the classes in `mask` that starts at `at` ends. */
export function runEnd(units: Uint16Array, at: number, end: number, mask: number): number {
  let next = at;
  while (next < end) {
    const unit = units[next] ?? 0;
    // Most characters are one unit; taking them without a call makes the first text of a fresh process twice as fast.
    const point = (unit & 0xfc00) === 0xd800 ? codePointAt(units, next, end) : unit;
    if (((CLASS_OF[point] ?? 0) & mask) === 0) break;
    next += point > 0xffff ? 2 : 1;
  }
  return next;
}

/** Where the run of characters of none of the classes in `mask` that starts at `at` ends. */
export function runEndOutside(units: Uint16Array, at: number, end: number, mask: number): number {
  let next = at;
  while (next < end) {
    const point = codePointAt(units, next, end);
    if (((CLASS_OF[point] ?? 0) & mask) !== 0) break;
    next += unitsOf(point);
  }
  return next;
}

/** Runs are `LENGTH.CLASS` in base 36, from U+0000 on. */
function decodeRuns(runs: string): Uint8Array {
  const classes = new Uint8Array(0x110000);
  let start = 0;
  for (const run of runs.split(' ')) {
    const dot = run.indexOf('.');
    const end = start + Number.parseInt(run.slice(0, dot), 36);
    classes.fill(Number.parseInt(run.slice(dot + 1), 36), start, end);
    start = end;
  }
  return classes;
}
