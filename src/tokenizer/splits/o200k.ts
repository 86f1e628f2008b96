import { CharacterClass, classOf, codePointAt, LETTER, NUMBER, runEnd, unitsOf } from '../unicode/character-class';
import { anyCaseContractionEnd, digitsEnd, isNewline, linesOrSpacesEnd, symbolsEnd } from './parts';
import type { Split } from './split';

const { UpperLetter, LowerLetter, OtherLetter, Mark } = CharacterClass;
const EITHER = OtherLetter | Mark;
const UPPER = UpperLetter | EITHER;
const LOWER = LowerLetter | EITHER;
const SLASH = 0x2f;

/**
 * The regex of o200k_base (openai/tiktoken), where U is `[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]`, L is
 * `[\p{Ll}\p{Lm}\p{Lo}\p{M}]` and C the contractions in any case:
 * `[^\r\n\p{L}\p{N}]?U*L+C?|[^\r\n\p{L}\p{N}]?U+L*C?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+`
 */
export const o200k: Split = (units, from, end) => {
  const word = wordEnd(units, from, end);
  if (word > from) return anyCaseContractionEnd(units, word, end);
  const digits = digitsEnd(units, from, end, 3);
  if (digits > from) return digits;
  let symbols = symbolsEnd(units, from, end);
  if (symbols === from) return linesOrSpacesEnd(units, from, end);
  while (symbols < end && (isNewline(units[symbols]) || units[symbols] === SLASH)) symbols++;
  return symbols;
};

/** The first two alternatives without C, each with its optional first character and then without. */
function wordEnd(units: Uint16Array, from: number, end: number): number {
  const point = codePointAt(units, from, end);
  const first = classOf(point);
  if (first & NUMBER || isNewline(point)) return from;
  const start = from + (first & LETTER ? 0 : unitsOf(point));
  const mixed = upperThenLowerEnd(units, start, end);
  if (mixed > start) return mixed;
  // A mark may be the optional character or the word.
  const alone = first & Mark ? upperThenLowerEnd(units, from, end) : from;
  if (alone > from) return alone;
  const upper = runEnd(units, start, end, UPPER);
  return upper > start ? upper : from;
}

/** `U*L+`: where it ends, `start` where there is none. */
function upperThenLowerEnd(units: Uint16Array, start: number, end: number): number {
  const upper = runEnd(units, start, end, UPPER);
  const lower = runEnd(units, upper, end, LOWER);
  if (lower > upper) return lower;
  // U* gives back what it took, down to the last character that can be an L.
  let next = upper;
  while (next > start) {
    const previous = next - (isLowSurrogate(units[next - 1]) ? 2 : 1);
    if (classOf(codePointAt(units, previous, end)) & EITHER) return next;
    next = previous;
  }
  return start;
}

/** Inside a run of letters and marks no surrogate is alone, for a lone one is neither. */
function isLowSurrogate(unit: number | undefined): boolean {
  return ((unit ?? 0) & 0xfc00) === 0xdc00;
}
