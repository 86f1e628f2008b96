import type { CharacterSet } from '../splits/character-set';
import { CharacterClass, classOf, LETTER, MARK, NUMBER, SPACE } from '../unicode/character-class';

const LAST = 0x10ffff;

/** The characters of a predicate; the answers for ASCII, which most characters are, are kept. */
export class PredicateSet implements CharacterSet {
  private readonly ascii = new Uint8Array(128);

  constructor(private readonly holds: (point: number) => boolean) {
    for (let point = 0; point < 128; point++) this.ascii[point] = holds(point) ? 1 : 0;
  }

  has(point: number): boolean {
    return point < 128 ? this.ascii[point] === 1 : this.holds(point);
  }
}

export function range(first: number, last: number): CharacterSet {
  return new PredicateSet((point) => point >= first && point <= last);
}

export function union(sets: readonly CharacterSet[]): CharacterSet {
  const [only] = sets;
  return only && sets.length === 1 ? only : new PredicateSet((point) => sets.some((set) => set.has(point)));
}

export function intersection(left: CharacterSet, right: CharacterSet): CharacterSet {
  return new PredicateSet((point) => left.has(point) && right.has(point));
}

export function complement(set: CharacterSet): CharacterSet {
  return new PredicateSet((point) => !set.has(point));
}

/** The characters that some character of the set is, but for its case. */
export function anyCase(set: CharacterSet): CharacterSet {
  return new PredicateSet((point) => set.has(point) || casesOf(point).some((other) => set.has(other)));
}

function casesOf(point: number): number[] {
  const character = String.fromCodePoint(point);
  const lower = character.toLowerCase();
  const upper = character.toUpperCase();
  // A case of several characters, as of ß, is none of this one.
  return [lower, upper, upper.toLowerCase(), lower.toUpperCase()]
    .filter((text) => Array.from(text).length === 1)
    .map((text) => text.codePointAt(0) ?? 0);
}

const masked = (mask: number) => new PredicateSet((point) => (classOf(point) & mask) !== 0);
const { LowerLetter, Punctuation, Symbol: SymbolClass } = CharacterClass;

export const WHITE_SPACE = masked(SPACE);
/** `\w`: what is alphabetic, a mark, a decimal digit or a connector. */
export const WORD = assigned('[\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}]');
/** What `\b` takes for a part of a word: also the numbers of Latin-1, which Oniguruma has in a table of its own. */
export const WORD_AT_BORDER = union([WORD, matching('[²³¹¼½¾]')]);
/** The same of Rust's regexes, by which single words go: with what joins letters. */
export const RUST_WORD = union([WORD, matching('[\\u200c\\u200d]')]);
export const DIGIT = assigned('\\p{Nd}');
export const HEX_DIGIT = matching('[0-9A-Fa-f]');
export const ANY = range(0, LAST);
export const NO_NEWLINE = complement(range(0x0a, 0x0a));

/** Properties of which the table of Unicode 16 knows; the others are asked of the JavaScript engine. */
const FROM_TABLE = new Map<string, CharacterSet>([
  ['l', masked(LETTER)],
  ['letter', masked(LETTER)],
  ['ll', masked(LowerLetter)],
  ['m', masked(MARK)],
  ['mark', masked(MARK)],
  ['n', masked(NUMBER)],
  ['number', masked(NUMBER)],
  ['p', masked(Punctuation)],
  ['punctuation', masked(Punctuation)],
  ['s', masked(SymbolClass)],
  ['symbol', masked(SymbolClass)],
  ['whitespace', WHITE_SPACE],
]);

/** What POSIX and Ruby call by a name of their own: `[[:alpha:]]`, `\p{Alnum}`. */
const NAMED = new Map<string, string>([
  ['alpha', '\\p{Alphabetic}'],
  ['alnum', '[\\p{Alphabetic}\\p{Nd}]'],
  ['digit', '\\p{Nd}'],
  ['upper', '\\p{Uppercase}'],
  ['lower', '\\p{Lowercase}'],
  ['space', '[\\t-\\r \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]'],
  ['cntrl', '\\p{Cc}'],
  ['punct', '[\\p{P}$+<=>^`|~]'],
  ['xdigit', '[0-9A-Fa-f]'],
  ['word', '[\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}]'],
  ['any', '[\\s\\S]'],
  ['ascii', '[\\0-\\x7f]'],
]);

/** The characters of a Unicode property, by its name in any spelling; undefined where there is none. */
export function propertySet(name: string): CharacterSet | undefined {
  const plain = name.toLowerCase().replaceAll(/[ _-]/g, '');
  const known = FROM_TABLE.get(plain);
  if (known) return known;
  const source = NAMED.get(plain);
  if (source) return plain === 'any' || plain === 'ascii' ? matching(source) : assigned(source);
  const spelled = name
    .replaceAll(/[ -]/g, '_')
    .replaceAll(/(^|_)([a-z])/g, (_, before, letter) => `${before}${letter.toUpperCase()}`);
  for (const property of [name, spelled, `Script=${spelled}`]) {
    try {
      return isOfOthers(plain) ? matching(`\\p{${property}}`) : assigned(`\\p{${property}}`);
    } catch {
      // No property of that name in this spelling.
    }
  }
  return undefined;
}

/** Whether a property is one of characters that are in no class of the table: controls, and what is not assigned. */
function isOfOthers(property: string): boolean {
  return /^(c[cfnos]?|other|control|cntrl|format|privateuse|surrogate|unassigned)$/.test(property);
}

/** The same of those that Unicode 16 knows, as the reference does; the JavaScript engine may know more. */
function assigned(source: string): CharacterSet {
  const set = matching(source);
  return new PredicateSet((point) => (point < 0x80 || classOf(point) !== 0) && set.has(point));
}

/** The characters that a JavaScript regex of one character matches. */
export function matching(source: string): CharacterSet {
  const regex = new RegExp(`^${source}$`, 'u');
  return new PredicateSet((point) => regex.test(String.fromCodePoint(point)));
}
