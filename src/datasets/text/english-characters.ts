import rules from './english-rules.json';

/*
 * What spaCy's English takes a character for where it cuts words: bits of a number for each code point. To look one up takes a
 * nanosecond; to try a regular expression with hundreds of ranges takes a hundred. The characters are spaCy 3.8's (MIT licence, by
 * ExplosionAI), written down by test/fixtures/datatrove/make_english_rules.py.
 */

/** Cut off at the beginning of a word, at its end, or out of its middle, whatever stands beside it. */
export const PREFIX = 1;
export const SUFFIX = 2;
export const INFIX = 4;
export const LETTER = 8;
export const UPPER = 16;
/** Before a full stop that is cut off at the end. */
export const BEFORE_STOP = 32;
/** Before, and after, a full stop that is cut out of the middle. */
export const BEFORE_MIDDLE_STOP = 64;
export const AFTER_MIDDLE_STOP = 128;

const CURRENCIES = rules.currencies.replaceAll('\\', '').split(' ');

/** Currencies that are longer than a character, and cut off at the beginning too. */
export const LONG_PREFIXES: readonly string[] = CURRENCIES.filter(({ length }) => length > 1);

/** Currencies and units, which are cut off at the end where a digit stands before them; none has a digit itself. */
export const AFTER_DIGIT: ReadonlySet<string> = new Set([...CURRENCIES, ...rules.units.split(' ')]);

const kinds = new Uint8Array(0x110000);
const symbols = CURRENCIES.filter(({ length }) => length === 1).join('');
mark(`${rules.punctuation}${rules.quotes}${rules.icons}${symbols}§%=—–`, PREFIX);
// Two ellipses are cut off together.
mark(`${rules.punctuation}${rules.quotes}${rules.icons}—–`, SUFFIX);
mark(`${rules.icons}…`, INFIX);
mark(rules.letters, LETTER);
mark(rules.upper, UPPER);
mark(rules.beforeStop, BEFORE_STOP);
mark(`${rules.lower}${rules.quotes}`, BEFORE_MIDDLE_STOP);
mark(`${rules.upper}${rules.quotes}`, AFTER_MIDDLE_STOP);

/** What a character is, or 0 of what is none. */
export function kindOf(point: number): number {
  return kinds[point] as number;
}

/** @param ranges characters, and two with a hyphen between for all from one to the other, as in a class of a regular expression */
function mark(ranges: string, kind: number): void {
  for (const [range] of ranges.matchAll(/(?:\\u\{\w+\}|.)(?:-(?:\\u\{\w+\}|.))?/gu)) {
    const [first, last = first] = [...range.matchAll(/\\u\{(\w+)\}|[^-]/gu)].map(pointOf);
    for (let point = first as number; point <= (last as number); point++) kinds[point] = kindOf(point) | kind;
  }
}

function pointOf([character, digits]: RegExpMatchArray): number {
  return digits ? Number.parseInt(digits, 16) : (character.codePointAt(0) as number);
}
