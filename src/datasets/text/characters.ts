/*
 * Characters as Python sees them, so that filters decide as datatrove does. They are code points; all that are white space or
 * break a line are one UTF-16 unit.
 */

/** Whether Python's `str.isspace` says so: JavaScript's `\s` knows U+FEFF too and lacks U+001C to U+001F and U+0085. */
export function isSpace(unit: number): boolean {
  // All letters of English are asked for first.
  if (unit > 0x20 && unit < 0x80) return false;
  if (unit < 0x80) return unit === 0x20 || (unit >= 0x09 && unit <= 0x0d) || unit >= 0x1c;
  if (unit < 0x1680) return unit === 0x85 || unit === 0xa0;
  return (
    (unit >= 0x2000 && unit <= 0x200a) ||
    unit === 0x1680 ||
    unit === 0x2028 ||
    unit === 0x2029 ||
    unit === 0x202f ||
    unit === 0x205f ||
    unit === 0x3000
  );
}

/** The UTF-16 units of a text, for those who look at each: to ask a string for them takes several times as long. */
export function unitsOf(text: string): Uint16Array {
  const { buffer, byteOffset } = Buffer.from(text, 'utf16le');
  return new Uint16Array(buffer, byteOffset, text.length);
}

/** The text of some units. */
export function textOf({ buffer, byteOffset }: Uint16Array, start: number, end: number): string {
  return Buffer.from(buffer, byteOffset + 2 * start, 2 * (end - start)).toString('utf16le');
}

/**
 * Of each UTF-16 unit 1 if an expression finds it: to look there takes a nanosecond, and to ask the expression fifty.
 *
 * @param runs an expression that is global
 */
export function unitsIn(runs: RegExp): Uint8Array {
  const all = Uint16Array.from({ length: 1 << 16 }, (_, unit) => unit);
  const found = new Uint8Array(all.length);
  for (const { 0: run, index } of textOf(all, 0, all.length).matchAll(runs)) found.fill(1, index, index + run.length);
  return found;
}

const PAIRS = /[\ud800-\udbff][\udc00-\udfff]/g;

/** Code points between two places of a text. */
export function codePoints(text: string, start: number, end: number): number {
  return end - start - (text.slice(start, end).match(PAIRS)?.length ?? 0);
}

/** Whether Python's `str.isalpha` says so of any of its characters. */
export function hasLetter(text: string): boolean {
  return /\p{L}/u.test(text);
}

/** What ends a sentence, in all scripts: datatrove's `TERMINAL_PUNCTUATION`. */
const TERMINAL_PUNCTUATION = charactersOf(
  '21 2e 3f 589 61d-61f 6d4 700-702 7f9 837 839 83d-83e 964-965 104a-104b 1362 1367-1368 166e 1735-1736 17d4-17d6 ' +
    '17d9-17da 1803 1809 1944-1945 1aa8-1aab 1b5a-1b5b 1b5e-1b5f 1b7d-1b7e 1c3b-1c3c 1c7e-1c7f 203c-203d 2047-2049 ' +
    '2e2e 2e3c 2e53-2e54 3002 a4ff a60e-a60f a6f3 a6f7 a876-a877 a8ce-a8cf a92f a9c8-a9c9 aa5d-aa5f aaf0-aaf1 abeb ' +
    'fe52 fe56-fe57 ff01 ff0e ff1f ff61 10a56-10a57 10f55-10f59 10f86-10f89 11047-11048 110be-110c1 11141-11143 ' +
    '111c5-111c6 111cd 111de-111df 11238-11239 1123b-1123c 112a9 1144b-1144c 115c2-115c3 115c9-115d7 11641-11642 ' +
    '1173c-1173e 11944 11946 11a42-11a43 11a9b-11a9c 11c41-11c42 11ef7-11ef8 11f43-11f44 16a6e-16a6f 16af5 ' +
    '16b37-16b38 16b44 16e98 1bc9f 1da88',
);

const TERMINAL_POINTS = new Set([...TERMINAL_PUNCTUATION].map((character) => character.codePointAt(0) as number));

/** Whether a code point ends a sentence, in any script. */
export function isTerminal(point: number): boolean {
  return TERMINAL_POINTS.has(point);
}

/** Of those, what spaCy's sentencizer does not know. */
const NOT_OF_SENTENCES = charactersOf(
  '61d-61e 837 839 83d-83e 17d4-17d6 17d9-17da 1b7d-1b7e 2e53-2e54 10f55-10f59 10f86-10f89 11944 11946 11ef7-11ef8 ' +
    '11f43-11f44 16e98',
);

/** What ends a sentence where spaCy cuts a text into sentences. */
export const SENTENCE_ENDS: ReadonlySet<string> = new Set(
  [...TERMINAL_PUNCTUATION].filter((character) => !NOT_OF_SENTENCES.has(character)),
);

/** Words of nothing but these are no words to datatrove: its `PUNCTUATION_SET`. */
const SYMBOLS: ReadonlySet<string> = new Set([
  ...TERMINAL_PUNCTUATION,
  ...charactersOf('0-8 b-1f 7f-9f'),
  ...'!/—”:％１〈&(、━\\【#%「」，】；+^]~“《„\';’{|∶´[=-`*．（–？！：$～«〉,><》)?）。…@_."}►»',
]);

/** Whether a word is all punctuation. */
export function isSymbols(word: string): boolean {
  for (const character of word) if (!SYMBOLS.has(character)) return false;
  return true;
}

/** @param ranges code points in hexadecimal digits, or the first and the last of some */
function charactersOf(ranges: string): ReadonlySet<string> {
  const characters = new Set<string>();
  for (const range of ranges.split(' ')) {
    const [first, last] = range.split('-').map((digits) => Number.parseInt(digits, 16)) as [number, number?];
    for (let point = first; point <= (last ?? first); point++) characters.add(String.fromCodePoint(point));
  }
  return characters;
}
