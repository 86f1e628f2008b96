import {
  CharacterClass,
  classOf,
  codePointAt,
  LETTER,
  MARK,
  NUMBER,
  runEnd,
  runEndOutside,
  SPACE,
  unitsOf,
} from '../unicode/character-class';
import { ListedSet } from './character-set';
import { isolateRuns } from './isolate';
import { digitsEnd, isNewline, linesOrSpacesEnd } from './parts';
import type { Split } from './split';

const { Punctuation, Symbol: SymbolClass } = CharacterClass;
const WORD = LETTER | MARK;
const SIGN = Punctuation | SymbolClass;
const BLANK = 0x20;
export const KANA_AND_HAN = '一-龥\u3040-ゟ゠-ヿ';

/** `\p{N}{1,3}`, `[一-龥぀-ゟ゠-ヿ]+`, and the regex below (tokenizer.json of DeepSeek V3). */
export function deepseekV3(): Split[] {
  return [isolateThreeNumbers, isolateRuns(new ListedSet(KANA_AND_HAN)), words];
}

/** `\p{N}{1,3}` */
export const isolateThreeNumbers: Split = (units, from, end) => {
  const digits = digitsEnd(units, from, end, 3);
  return digits > from ? digits : runEndOutside(units, from, end, NUMBER);
};

/**
 * `[!-/:-~&&[^A-Za-z]][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`,
 * where the first set is the punctuation and symbols of ASCII.
 */
export const words: Split = (units, from, end) => {
  const point = codePointAt(units, from, end);
  const first = classOf(point);
  if (first & SIGN && point < 0x80) {
    const letters = asciiLettersEnd(units, from + 1, end);
    if (letters > from + 1) return letters;
  }
  if (first & WORD) return runEnd(units, from, end, WORD);
  if (!(first & SIGN) && !isNewline(point)) {
    const start = from + unitsOf(point);
    const word = runEnd(units, start, end, WORD);
    if (word > start) return word;
  }
  const start = point === BLANK ? from + 1 : from;
  let signs = runEnd(units, start, end, SIGN);
  if (signs === start) return first & SPACE ? linesOrSpacesEnd(units, from, end) : unmatchedEnd(units, from, end);
  while (signs < end && isNewline(units[signs])) signs++;
  return signs;
};

/** Where the next match begins after a character that begins none: a number, a control or one that is not assigned. */
function unmatchedEnd(units: Uint16Array, from: number, end: number): number {
  let at = from;
  for (;;) {
    at += unitsOf(codePointAt(units, at, end));
    if (at >= end) return end;
    const point = codePointAt(units, at, end);
    const next = at + unitsOf(point);
    if (classOf(point) & (WORD | SIGN | SPACE) || (next < end && classOf(codePointAt(units, next, end)) & WORD))
      return at;
  }
}

function asciiLettersEnd(units: Uint16Array, from: number, end: number): number {
  let at = from;
  while (at < end && isAsciiLetter(units[at] ?? 0)) at++;
  return at;
}

function isAsciiLetter(unit: number): boolean {
  const lower = unit | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}
