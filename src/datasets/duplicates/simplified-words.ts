import { wordEnds } from '../text/word-pieces';

/** What datatrove takes for punctuation where it looks for copies, beside control characters. */
const PUNCTUATION = `!/—”:％１〈&(、━\\【#%「」，】；+^]~“《„';’{|∶´[=-\`*．（–？！：$～«〉,><》)?）。…@_."}►»`;

const asClass = (characters: string): string => characters.replaceAll(/[\\\]^-]/g, '\\$&');

const NUMBERS = /\p{Nd}+(?:[.,،٫⎖⎗⎘]\p{Nd}+)?/gu;
// Python's white space, which unlike JavaScript's has no byte order mark. All that is control but tab and line feed is punctuation.
const CHUNKS = new RegExp(`(?:[^\\s${asClass(PUNCTUATION)}\\0-\\x1f\\x7f-\\x9f]|\\ufeff)+`, 'g');
const MARKS = /\p{Mn}/gu;

/** Words of texts between spaces: most come again, and cutting one takes a while. */
const known = new Map<string, readonly string[]>();
const MOST_KNOWN = 50_000;
const LONGEST_KNOWN = 64;

/**
 * Words of a text as datatrove compares them (`simplify_text` and its English words), so that copies are found which differ in
 * case, numbers, punctuation, white space or accents: lower case, each number 0, a space for each mark of punctuation, canonical
 * decomposition without combining marks, then cut as spaCy does.
 */
export function simplifiedWords(text: string): string[] {
  const words: string[] = [];
  for (const chunk of text.toLowerCase().replace(NUMBERS, '0').match(CHUNKS) ?? []) {
    for (const word of wordsOf(chunk)) words.push(word);
  }
  return words;
}

/** A word with the place where it, or what it is a part of between spaces, stands in the text, in UTF-16 units. */
export interface PlacedWord {
  word: string;
  start: number;
  end: number;
}

/** The same words with their places. */
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

function wordsOf(chunk: string): readonly string[] {
  if (chunk.length > LONGEST_KNOWN) return cut(chunk);
  let words = known.get(chunk);
  if (!words) {
    const own = detached(chunk);
    words = cut(own);
    if (known.size === MOST_KNOWN) known.clear();
    known.set(own, words);
  }
  return words;
}

function cut(chunk: string): string[] {
  const plain = chunk.normalize('NFD').replace(MARKS, '');
  const ends = wordEnds(plain);
  return ends.map((end, i) => plain.slice(ends[i - 1] ?? 0, end));
}

/** The same text, which does not keep the document in memory that it was cut out of. */
function detached(text: string): string {
  return Buffer.from(text).toString();
}
