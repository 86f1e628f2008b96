import { unitsThat } from '../text/characters';
import { wordEnds } from '../text/word-pieces';

/** What datatrove takes for punctuation where it looks for copies, beside control characters. */
const PUNCTUATION = `!/—”:％１〈&(、━\\【#%「」，】；+^]~“《„';’{|∶´[=-\`*．（–？！：$～«〉,><》)?）。…@_."}►»`;

const asClass = (characters: string): string => characters.replaceAll(/[\\\]^-]/g, '\\$&');

const NUMBERS = /\p{Nd}+(?:[.,،٫⎖⎗⎘]\p{Nd}+)?/gu;
// Python's white space, which unlike JavaScript's has no byte order mark. All that is control but tab and line feed is punctuation.
const IN_WORD = `(?:[^\\s${asClass(PUNCTUATION)}\\0-\\x1f\\x7f-\\x9f]|\\ufeff)`;
const CHUNKS = new RegExp(`${IN_WORD}+`, 'g');
const MARKS = /\p{Mn}/gu;

/** Of each UTF-16 unit 1 if it is a part of a word. */
let unitsInWords: Uint8Array | undefined;

/** Whether a UTF-16 unit is a part of a word, and neither white space nor punctuation to datatrove. */
export function isInWord(unit: number): boolean {
  unitsInWords ??= unitsThat(CHUNKS);
  return unitsInWords[unit] === 1;
}

/**
 * A text as datatrove compares texts (`simplify_text` and its English words), but for `isInWord` and `wordsOf`, so that copies
 * are found which differ in case, numbers, punctuation, white space or accents: lower case, each number 0, a space for each mark
 * of punctuation, canonical decomposition without combining marks, then cut as spaCy does.
 */
export function simplified(text: string): string {
  return text.toLowerCase().replace(NUMBERS, '0');
}

/** A word with the place where it, or what it is a part of between spaces, stands in the text, in UTF-16 units. */
export interface PlacedWord {
  word: string;
  start: number;
  end: number;
}

/** The words of a text with their places. */
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
