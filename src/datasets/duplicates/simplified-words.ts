import { unitsIn, unitsOf } from '../text/characters';
import { wordEnds } from '../text/word-pieces';

/** What datatrove takes for punctuation where it looks for copies, beside control characters. */
const PUNCTUATION = `!/—”:％１〈&(、━\\【#%「」，】；+^]~“《„';’{|∶´[=-\`*．（–？！：$～«〉,><》)?）。…@_."}►»`;

const asClass = (characters: string): string => characters.replaceAll(/[\\\]^-]/g, '\\$&');

const NUMBERS = /\p{Nd}+(?:[.,،٫⎖⎗⎘]\p{Nd}+)?/gu;
// Python's white space, which unlike JavaScript's has no byte order mark. All that is control but tab and line feed is punctuation.
const IN_WORD = `(?:[^\\s${asClass(PUNCTUATION)}\\0-\\x1f\\x7f-\\x9f]|\\ufeff)`;
const CHUNKS = new RegExp(`${IN_WORD}+`, 'g');
const MARKS = /\p{Mn}/gu;

/** What stands within a number of datatrove's, between digits. */
const SEPARATORS = unitsOf('.,،٫⎖⎗⎘');
const ZERO = 0x30;

/** Of each UTF-16 unit 1 if it is a part of a word, and 1 if it is a digit. */
let unitsInWords: Uint8Array | undefined;
let digits: Uint8Array | undefined;

/** Whether a UTF-16 unit is a part of a word, and neither white space nor punctuation to datatrove. */
export function isInWord(unit: number): boolean {
  unitsInWords ??= unitsIn(CHUNKS);
  return unitsInWords[unit] === 1;
}

/**
 * Puts a 0 in the place of each number, as `text.replace(NUMBERS, '0')` would, which takes ten times as long.
 *
 * @param units of a text, which are changed
 * @returns how many of them there are then
 */
export function shortenNumbers(units: Uint16Array): number {
  digits ??= unitsIn(/\p{Nd}+/gu);
  const isDigit = digits;
  let length = 0;
  for (let at = 0; at < units.length; ) {
    const unit = units[at] as number;
    // Digits that are two units are looked at where one may be.
    const next = isDigit[unit] === 1 || isHigh(unit) ? endOfDigits(units, at, isDigit) : at;
    if (next === at) {
      units[length++] = unit;
      at++;
    } else {
      const last = SEPARATORS.includes(units[next] as number) ? endOfDigits(units, next + 1, isDigit) : next;
      at = last > next + 1 ? last : next;
      units[length++] = ZERO;
    }
  }
  return length;
}

function endOfDigits(units: Uint16Array, from: number, isDigit: Uint8Array): number {
  let at = from;
  for (;;) {
    const unit = units[at] as number;
    if (isDigit[unit] === 1) at++;
    else if (isHigh(unit) && /^\p{Nd}/u.test(String.fromCharCode(unit, units[at + 1] as number))) at += 2;
    else return at;
  }
}

/** Whether a UTF-16 unit is the first of two. */
function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

/** A word with the place where it, or what it is a part of between spaces, stands in the text, in UTF-16 units. */
export interface PlacedWord {
  word: string;
  start: number;
  end: number;
}

/**
 * The words of a text with their places, as datatrove compares texts (`simplify_text` and its English words), so that copies are
 * found which differ in case, numbers, punctuation, white space or accents: lower case, each number 0, a space for each mark of
 * punctuation, canonical decomposition without combining marks, then cut as spaCy does.
 */
export function placedWords(text: string): PlacedWord[] {
  // The one letter that is longer in lower case; without its dot, which is a mark, it is an i.
  const lower = text.replaceAll('İ', 'I').toLowerCase();
  const numbers = [...lower.matchAll(NUMBERS)].map(({ 0: digits, index }) => ({ index, missing: digits.length - 1 }));
  let missing = 0;
  let next = 0;
  /** Where a place of the text with short numbers is in the text itself. */
  const original = (place: number): number => {
    while (next < numbers.length && (numbers[next]?.index as number) < place + missing) {
      missing += numbers[next++]?.missing as number;
    }
    return place + missing;
  };
  return [...lower.replace(NUMBERS, '0').matchAll(CHUNKS)].flatMap(({ 0: chunk, index }) => {
    const place = { start: original(index), end: original(index + chunk.length) };
    return wordsOf(chunk).map((word) => ({ word, ...place }));
  });
}

/** The words of what stands between spaces and punctuation in a simplified text. */
export function wordsOf(chunk: string): string[] {
  const plain = chunk.normalize('NFD').replace(MARKS, '');
  const ends = wordEnds(plain);
  return ends.map((end, i) => plain.slice(ends[i - 1] ?? 0, end));
}
